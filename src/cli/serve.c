/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/serve.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#include "api/api.h"
#include "base/number.h"
#include "cli/access.h"
#include "cli/commands.h"
#include "cli/control.h"
#include "cli/file.h"
#include "cli/options.h"
#include "http/server.h"
#include "page/page.h"
#include "task/task.h"
#include "view/lockout.h"
#include "view/throttle.h"
#include "view/visit.h"

#include "query.h"

Router *serve_router(Arena *arena)
{
    const RouteTable tables[] = {page_table(), api_table(), control_table()};
    return router_open(arena, tables, COUNT_OF(tables));
}

static Instant app_clock(void *context)
{
    const App *app = context;
    return site_now(app->site);
}

bool serve_demo_may(Str listen, Err *err)
{
    bool loopback;
    return http_address_check(listen, &loopback, err) &&
           (loopback || err_set(err, ERR_USAGE, MSG_cli_demo_loopback, listen));
}

/* Whatever reads the site beside us sees the same clock. */
static bool clock_put(Db *db, Arena *arena, void *context, Err *err)
{
    return q_setting_put(db, S("clock_offset"), STR(arena, *(const int64_t *)context), err);
}

static bool serve_clock(Cli *cli, Site *site, Err *err)
{
    Job job = {.housekeep = clock_put, .context = &site->clock_offset, .arena = cli->arena};
    Db *db;
    if (!site->is_demo)
        return true;
    if (!site_reader(cli->arena, site, &db, err) || !demo_clock(cli->arena, site, db, err))
        return false;
    db_close(db);
    return writer_run(site->writer, &job, err);
}

static bool serve_check(Site *site, Str listen, Err *err)
{
    Office *office = site_office(site);
    bool ready = office != NULL;
    office_drop(office);
    if (!ready)
        return err_set(err, ERR_ENVIRONMENT, MSG_office_no_site);
    return !site->is_demo || serve_demo_may(listen, err);
}

/* Blocked in every thread, so that they wait for us in sigwait. */
static void signals_block(sigset_t *ret_set)
{
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGINT);
    pthread_sigmask(SIG_BLOCK, ret_set, NULL);
}

static void say_listening(Cli *cli, const HttpServer *server, Str listen)
{
    size_t colon = listen.n;
    while (colon > 0 && listen.p[colon - 1] != ':')
        colon--;
    cli_say(cli, MSG_cli_listening,
            STR(cli->arena, "http://", str_slice(listen, 0, colon), http_port(server)), S(""),
            S(""));
    (void)fflush(stdout);
}

static bool serve_until(Cli *cli, Site *site, const Listen *listen, const sigset_t *signals,
                        Err *err)
{
    App app = {.site = site,
               .router = serve_router(cli->arena),
               .public_url = listen->public_url,
               .started_at = instant_now()};
    HttpOptions options = http_options();
    Tasks *tasks;
    int signal;
    /* Demo sites listen on the loopback only and are tried out, measured and tested there. */
    if (!site->is_demo)
        app.throttle = throttle_open(cli->arena, THROTTLE_BURST, THROTTLE_EVERY_US);
    app.lockout = lockout_open(cli->arena);
    options.trust_forwarded = true;
    options.listen = str_c(cli->arena, listen->address);
    options.secure_cookies = str_starts(listen->public_url, S("https://"));
    options.unix_path = str_c(cli->arena, path_join(cli->arena, site->dir, S("control.sock")));
    options.app = &app;
    options.clock = app_clock;
    options.thread_open = visit_thread_open;
    options.thread_close = visit_thread_close;
    options.error_page = page_error;
    options.guard = visit_guard;
    options.log_requests = getenv("TONGXIN_QUIET") == NULL;
    if (!tasks_start(site, &tasks, err))
        return false;
    if (!http_start(&options, app.router, &app.server, err)) {
        tasks_stop(tasks);
        return false;
    }
    (void)malloc_trim(0); /* what reading the profile's YAML needed */
    say_listening(cli, app.server, listen->address);
    (void)sigwait(signals, &signal);
    http_stop(app.server);
    tasks_stop(tasks);
    return true;
}

int serve_site(Cli *cli, Str dir, const Listen *listen)
{
    sigset_t signals;
    Site *site;
    Err err = {0};
    bool served, loopback;
    if (!http_address_check(listen->address, &loopback, &err))
        return cli_fail(cli, &err);
    /* Before the writer's thread starts: it must not take the signal either. */
    signals_block(&signals);
    /* Blocks are taken seldom and are large; a heap for each thread would only cost memory. */
    (void)mallopt(M_ARENA_MAX, 2);
    if (!site_open(dir, &site, &err))
        return cli_fail(cli, &err);
    served = serve_check(site, listen->address, &err) && serve_clock(cli, site, &err) &&
             serve_until(cli, site, listen, &signals, &err);
    site_close(site);
    return served ? 0 : cli_fail(cli, &err);
}

/* "tongxin.example:8443", "[2001:db8::1]:8443": a host, then perhaps a port. */
static bool is_host_and_port(Str text)
{
    bool literal = str_starts(text, S("["));
    size_t end = literal ? str_find(text, S("]"), 0) : MIN(str_find(text, S(":"), 0), text.n);
    const char *letters = literal ? "0123456789abcdef:" : "abcdefghijklmnopqrstuvwxyz0123456789.-";
    int64_t port;
    if (end == SIZE_MAX || end == literal)
        return false;
    for (size_t i = literal; i < end; i++)
        if (!strchr(letters, text.p[i]))
            return false;
    text = str_slice(text, end + literal, text.n);
    return text.n == 0 || (str_starts(text, S(":")) && int_parse(str_slice(text, 1, 7), &port) &&
                           port > 0 && port < 65536);
}

/* As a browser sends its Origin (RFC 6454 6.2): scheme, host, and the port unless the scheme means
 * it; a slash at the end is cut. */
static bool public_url_parse(Arena *arena, Str text, Str *ret_url)
{
    Str url = str_lower(arena, str_ends(text, S("/")) ? str_slice(text, 0, text.n - 1) : text);
    bool secure = str_starts(url, S("https://"));
    Str usual = secure ? S(":443") : S(":80");
    if (!secure && !str_starts(url, S("http://")))
        return false;
    if (str_ends(url, usual))
        url = str_slice(url, 0, url.n - usual.n);
    *ret_url = url;
    return is_host_and_port(str_slice(url, secure ? 8 : 7, url.n));
}

int command_serve(Cli *cli, int argc, char **argv)
{
    Str dir = {0}, url = {0};
    Listen listen = {.address = S(SERVE_LISTEN)};
    const Option options[] = {
        OPTION(TEXT, "site", &dir, cli_word_dir, cli_option_site, .required = true),
        OPTION(TEXT, "listen", &listen.address, cli_word_address, cli_option_listen),
        OPTION(TEXT, "public-url", &url, cli_word_url, cli_option_public_url),
        OPTION_END,
    };
    const Usage usage = {"serve --site DIR [--listen A:P] [--public-url URL]", MSG_cli_serve_about,
                         options, 0, 0};
    StrVec words;
    if (!options_parse(cli, &usage, argc, argv, &words))
        return cli->exit;
    if (url.n && !public_url_parse(cli->arena, url, &listen.public_url)) {
        Err err = {0};
        (void)err_set(&err, ERR_USAGE, MSG_cli_public_url_wrong, url);
        return cli_fail(cli, &err);
    }
    return serve_site(cli, dir, &listen);
}
