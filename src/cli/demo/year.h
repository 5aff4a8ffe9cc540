/* SPDX-License-Identifier: Apache-2.0 */
/* year.h - a demo site with its year: founded, staffed, worked in, sealed, indexed, reported on. */
#ifndef TONGXIN_CLI_DEMO_YEAR_H
#define TONGXIN_CLI_DEMO_YEAR_H

#include "cli/founding.h"

/* `now`: where the site's clock begins. `records`: about how many in all; 0: what the plan says.
 * A profile without the folder demo/ gives a site with its accounts and no records, which is said
 * on standard error; ERR_USAGE for `records` then. The same arguments give the same journal. The
 * site is open for writing. */
NODISCARD bool demo_year(Cli *cli, Founding *founding, Instant now, int64_t records,
                         Site **ret_site, Err *err);

#endif
