/* SPDX-License-Identifier: Apache-2.0 */
/* Former names (`was:`): what a city called differently before, so that its records can follow. */
#include "profile/build.h"

void former_add_present(FormerNames *former, Str name)
{
    map_set(&former->seen, name, former);
}

void former_check(FormerNames *former, const Node *item)
{
    NodeVec names = read_scalars(former->load, item, S("was"));
    for (size_t i = 0; i < names.n; i++) {
        if (map_find(&former->seen, names.p[i]->text) != NULL)
            fault(former->load, names.p[i]->position, MSG_profile_was_twice, names.p[i]->text);
        map_set(&former->seen, names.p[i]->text, former);
    }
}
