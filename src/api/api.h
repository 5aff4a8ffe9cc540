/* SPDX-License-Identifier: Apache-2.0 */
/* api.h - the JSON interface under /api/v1, /healthz and /metrics.
 *
 * Handlers read through view/ and change through visit_change, so permission and masking are not
 * decided here. What there is stands in /api/v1/openapi.json, which is generated from
 * this table and the active profile. Threads: any; nothing is shared.
 */
#ifndef TONGXIN_API_H
#define TONGXIN_API_H

#include "http/route.h"

/* Every route of this room, for the router; lives as long as the program. */
RouteTable api_table(void);

#endif
