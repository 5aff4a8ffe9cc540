/* SPDX-License-Identifier: Apache-2.0 */
/* control.h - both ends of site/control.sock: a few routes of the server, and the command that
 * speaks to them. Only the owner of the folder can open the socket (mode 0600), and the server
 * answers only the user it runs as and root, so whoever speaks here acts as ACTOR_CLI. */
#ifndef TONGXIN_CLI_CONTROL_H
#define TONGXIN_CLI_CONTROL_H

#include "change/writer.h"
#include "cli/cli.h"
#include "http/route.h"

/* POST /control/change, /control/changes and /control/password. Questions and answers are canonical
 * JSON maps (base/value.h); an error is {"error":code,"message":sentence}. */
RouteTable control_table(void);

/* Both ask the server of the site in `dir`. ERR_UNAVAILABLE when it does not answer; what it
 * refuses comes back with its code and its words (MSG_cli_said). */
NODISCARD bool control_change(Cli *cli, Str dir, const Change *change, ChangeResult *ret_result,
                              Err *err);
/* Several changes, at most CONTROL_CHANGES, in order, as jobs that the writer would be given: each
 * says afterwards what became of it. False when there was no answer: some may have been made. */
#define CONTROL_CHANGES 64
NODISCARD bool control_changes(Cli *cli, Str dir, Job *jobs, size_t count, Err *err);
/* `password` is checked for its length by the server. */
NODISCARD bool control_password(Cli *cli, Str dir, int64_t account, Str password, Err *err);

/* A change as such a map and back; the actor is not part of it. */
Values control_write(Arena *arena, const Change *change);
/* "f0012.title": maps are sorted by name, what travels in them keeps its order. */
Str control_name(Arena *arena, size_t place, Str name);
void control_read(Arena *arena, const Values *values, Change *ret_change);

#endif
