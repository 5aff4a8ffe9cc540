/* SPDX-License-Identifier: Apache-2.0 */
/* For whoever watches the program: is it serving, and how much. Counts only, nothing of records. */
#include "api/answer.h"
#include "api/handlers.h"
#include "http/server.h"

static WriterCounts counts_of(const App *app)
{
    return app->site->writer ? writer_counts(app->site->writer) : (WriterCounts){.stopped = true};
}

HttpOutcome api_health(HttpRequest *request, HttpResponse *response)
{
    const App *app = request->app;
    bool stopped = counts_of(app).stopped;
    Json json = answer_open(response, stopped ? 503 : 200);
    json_object_begin(&json);
    json_field_str(&json, S("status"), stopped ? S("stopped") : S("ok"));
    json_object_end(&json);
    return answer_close(response, &json);
}

static void metric(Buf *buf, const char *name, const char *type, const char *help, int64_t value)
{
    TEXT(buf, "# HELP tongxin_", name, " ", help, "\n# TYPE tongxin_", name, " ", type,
         "\ntongxin_", name, " ", value, "\n");
}

static void metric_requests(Buf *buf, const HttpMetrics *http)
{
    TEXT(buf, "# HELP tongxin_http_requests_total Requests answered, by class of status\n"
              "# TYPE tongxin_http_requests_total counter\n");
    for (size_t i = 1; i < COUNT_OF(http->requests); i++)
        TEXT(buf, "tongxin_http_requests_total{status=\"", (int64_t)i, "xx\"} ",
             (int64_t)http->requests[i], "\n");
}

HttpOutcome api_metrics(HttpRequest *request, HttpResponse *response)
{
    const App *app = request->app;
    WriterCounts writer = counts_of(app);
    HttpMetrics http = {0};
    Buf *buf = &response->body;
    if (app->server)
        http_metrics(app->server, &http);
    response->content_type = S("text/plain; version=0.0.4; charset=utf-8");
    metric_requests(buf, &http);
    metric(buf, "http_connections_open", "gauge", "Connections now", http.open);
    metric(buf, "http_connections_total", "counter", "Connections accepted",
           (int64_t)http.connections);
    metric(buf, "http_requests_running", "gauge", "Requests being worked on", http.running);
    metric(buf, "http_in_bytes_total", "counter", "Bytes of bodies received",
           (int64_t)http.bytes_in);
    metric(buf, "http_out_bytes_total", "counter", "Bytes of bodies sent", (int64_t)http.bytes_out);
    metric(buf, "http_refused_total", "counter", "Requests refused because the pool was full",
           (int64_t)http.refused);
    metric(buf, "http_malformed_total", "counter", "Requests that were no HTTP",
           (int64_t)http.malformed);
    metric(buf, "http_slow_total", "counter", "Connections ended for being slow",
           (int64_t)http.slow);
    metric(buf, "http_busy_microseconds_total", "counter", "Time spent answering",
           (int64_t)http.busy_us);
    metric(buf, "writer_batches_total", "counter", "Batches committed", writer.batches);
    metric(buf, "writer_changes_total", "counter", "Changes made", writer.changes);
    metric(buf, "writer_refused_total", "counter", "Changes refused", writer.refused);
    metric(buf, "writer_queue", "gauge", "Changes that wait", writer.queue);
    metric(buf, "writer_stopped", "gauge", "1 after a failed write to disk", writer.stopped);
    metric(buf, "started_seconds", "gauge", "When the server began, seconds since 1970",
           app->started_at / SECOND_US);
    return HTTP_DONE;
}
