/* SPDX-License-Identifier: Apache-2.0 */
#include "http/server_internal.h"

static Exchange *take(Jobs *jobs)
{
    pthread_mutex_lock(&jobs->mutex);
    while (jobs->first == NULL && !jobs->stopping)
        pthread_cond_wait(&jobs->wake, &jobs->mutex);
    Exchange *exchange = jobs->first;
    if (exchange != NULL) {
        jobs->first = exchange->link;
        jobs->waiting--;
        if (jobs->first == NULL)
            jobs->last = NULL;
    }
    pthread_mutex_unlock(&jobs->mutex);
    return exchange;
}

static void *work(void *context)
{
    Jobs *jobs = context;
    for (Exchange *exchange = take(jobs); exchange != NULL; exchange = take(jobs))
        exchange_job(exchange);
    return NULL;
}

bool jobs_start(Jobs *jobs, int threads, int limit, Err *err)
{
    ASSERT(threads > 0 && (size_t)threads <= COUNT_OF(jobs->threads));
    pthread_mutex_init(&jobs->mutex, NULL);
    pthread_cond_init(&jobs->wake, NULL);
    jobs->limit = limit;
    for (; jobs->count < threads; jobs->count++) {
        if (pthread_create(&jobs->threads[jobs->count], NULL, work, jobs) != 0)
            return err_set(err, ERR_ENVIRONMENT, MSG_http_start_failed);
    }
    return true;
}

bool jobs_push(Jobs *jobs, Exchange *exchange, bool always)
{
    pthread_mutex_lock(&jobs->mutex);
    bool taken = !jobs->stopping && (always || jobs->waiting < jobs->limit);
    if (taken) {
        exchange->link = NULL;
        if (jobs->last == NULL)
            jobs->first = exchange;
        else
            jobs->last->link = exchange;
        jobs->last = exchange;
        jobs->waiting++;
        pthread_cond_signal(&jobs->wake);
    }
    pthread_mutex_unlock(&jobs->mutex);
    return taken;
}

void jobs_stop(Jobs *jobs)
{
    pthread_mutex_lock(&jobs->mutex);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->mutex);
    for (int i = 0; i < jobs->count; i++)
        pthread_join(jobs->threads[i], NULL);
    jobs->count = 0;
}
