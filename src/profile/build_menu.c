/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/build.h"

void build_menus(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_MENU];
    Menu *menus = NEW_ARRAY(load->arena, Menu, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const Node *node = all->p[i].node;
        check_keys(load, node, S("menu label"));
        menus[i] = (Menu){.name = all->p[i].name,
                          .label = read_required_label(load, node, S("label")),
                          .position = all->p[i].position};
        check_label_redline(load, node, S("label"), menus[i].label);
    }
    load->profile->menus = menus;
    load->profile->n_menus = all->n;
}

const Menu *menu_read(Load *load, const Node *kind)
{
    const Profile *profile = load->profile;
    Str name = read_text(load, kind, S("menu"));
    StrVec known = {0};
    for (size_t i = 0; i < profile->n_menus; i++) {
        if (str_eq(profile->menus[i].name, name))
            return &profile->menus[i];
        *vec_push(load->scratch, &known) = profile->menus[i].name;
    }
    if (name.n > 0)
        fault_unknown(load, key_position(kind, S("menu")), MSG_profile_unknown_menu, name, (Str){0},
                      &known);
    return NULL;
}
