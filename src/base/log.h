/* SPDX-License-Identifier: Apache-2.0 */
/* log.h - one line of JSON per event on standard error. Called at the edges only: the HTTP adapter,
 * cli, tasks. Never given contacts, passwords, tokens or free text of matters. Thread-safe. */
#ifndef TONGXIN_LOG_H
#define TONGXIN_LOG_H

#include "base/err.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

/* `event` is a short constant such as "request"; `text` what happened. LOG_DEBUG is dropped. */
void log_event(LogLevel level, Str event, Str text);
/* An Err with its code, place and detail. */
void log_err(Str event, const Err *err);

#endif
