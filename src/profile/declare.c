/* SPDX-License-Identifier: Apache-2.0 */
/* Names first: after this every definition can be pointed to, whatever is in it. */
#include "profile/build.h"

#include "profile/redline.h"

#define KINDS_MAX 150

static void declare_kinds(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_KIND];
    size_t n = MIN(all->n, KINDS_MAX);
    if (all->n > n)
        fault(load, all->p[n].position, MSG_profile_yaml_too_large);
    load->kinds = NEW_ARRAY(load->arena, Kind, n);
    load->kind_flows = NEW_ARRAY(load->scratch, const Node *, n);
    for (size_t i = 0; i < n; i++) {
        load->kinds[i].name = all->p[i].name;
        load->kinds[i].position = all->p[i].position;
        check_redline(load, all->p[i].position, all->p[i].name);
    }
    load->profile->kinds = load->kinds;
    load->profile->n_kinds = n;
}

/* Behind the written lists come those of the profile's own figures and assessments, and of its
 * stocks. */
static void declare_choice_lists(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_CHOICES];
    load->choice_lists = NEW_ARRAY(load->arena, ChoiceList, all->n + 3);
    for (size_t i = 0; i < all->n; i++) {
        load->choice_lists[i].name = all->p[i].name;
        load->choice_lists[i].position = all->p[i].position;
        check_redline(load, all->p[i].position, all->p[i].name);
        if (str_eq(all->p[i].name, CHOICES_FIGURE) || str_eq(all->p[i].name, CHOICES_ASSESSMENT) ||
            str_eq(all->p[i].name, CHOICES_STOCK_FIGURE))
            fault(load, all->p[i].position, MSG_profile_reserved_name, all->p[i].name);
    }
    load->choice_lists[all->n].name = CHOICES_FIGURE;
    load->choice_lists[all->n + 1].name = CHOICES_ASSESSMENT;
    load->choice_lists[all->n + 2].name = CHOICES_STOCK_FIGURE;
    load->profile->choice_lists = load->choice_lists;
    load->profile->n_choice_lists = all->n + 3;
}

static void declare_roles(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_ROLE];
    load->roles = NEW_ARRAY(load->arena, Role, all->n);
    for (size_t i = 0; i < all->n; i++) {
        load->roles[i].name = all->p[i].name;
        load->roles[i].position = all->p[i].position;
        if (str_eq(all->p[i].name, S("public")) || str_eq(all->p[i].name, S("clock")))
            fault(load, all->p[i].position, MSG_profile_reserved_name, all->p[i].name);
    }
    load->profile->roles = load->roles;
    load->profile->n_roles = all->n;
}

/* A ratio needs one hidden indicator; a figure with `where` up to four (a ratio, its two sides and
 * the cohort); a coverage itself and its two sides. */
static void declare_indicators(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_INDICATOR];
    size_t room =
        2 * all->n + 4 * load->documents[HEAD_FIGURE].n + 3 * load->documents[HEAD_COVERAGE].n;
    load->indicators = NEW_ARRAY(load->arena, Indicator, room);
    for (size_t i = 0; i < all->n; i++) {
        load->indicators[i].name = all->p[i].name;
        load->indicators[i].position = all->p[i].position;
        check_redline(load, all->p[i].position, all->p[i].name);
    }
    load->profile->indicators = load->indicators;
    load->profile->n_indicators = all->n;
}

void declare_all(Load *load)
{
    declare_choice_lists(load);
    declare_kinds(load);
    declare_roles(load);
    declare_indicators(load);
}

const Kind *kind_named(Load *load, const Node *name)
{
    const Kind *kind = NULL;
    StrVec known = document_names(load, HEAD_KIND);
    if (name->type == NODE_SCALAR)
        kind = profile_kind(load->profile, name->text);
    if (kind == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_kind, name->text, (Str){0}, &known);
    return kind;
}

const Role *role_named(Load *load, const Node *name)
{
    const Role *role = NULL;
    StrVec known = document_names(load, HEAD_ROLE);
    if (name->type == NODE_SCALAR)
        role = profile_role(load->profile, name->text);
    if (role == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_role, name->text, (Str){0}, &known);
    return role;
}

void check_redline(Load *load, Position position, Str name)
{
    Str word;
    if (redline_refuses(name, &word))
        fault(load, position, MSG_profile_redline, name, word)->hint = MSG_profile_redline_hint;
}

void check_label_redline(Load *load, const Node *map, Str key, Label label)
{
    const Node *node = node_get(map, key);
    if (node == NULL)
        return;
    check_redline(load, key_position(node, S("zh")), label.zh);
    check_redline(load, key_position(node, S("en")), label.en);
}
