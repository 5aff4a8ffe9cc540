/* SPDX-License-Identifier: Apache-2.0 */
#include "profile/build.h"

#include "web_assets.h"

#define FIELDS_MAX 200

static void build_fields(Load *load, const Node *node, Kind *kind)
{
    const Node *list = read_list(load, node, S("fields"));
    size_t n = list == NULL ? 0 : MIN(list->n, FIELDS_MAX);
    const Field **fields = NEW_ARRAY(load->arena, const Field *, n);
    if (list != NULL && list->n > n)
        fault(load, list->position, MSG_profile_yaml_too_large);
    kind->fields = fields;
    for (size_t i = 0; i < n; i++) {
        if (check_map(load, list->items[i]))
            fields[kind->n_fields++] = field_build(load, list->items[i]);
    }
}

static void build_public(Load *load, const Node *node, Kind *kind)
{
    const Node *public = read_map(load, node, S("public"));
    check_keys(load, public, S("title body reply"));
    if (public == NULL)
        return;
    kind->public_title = read_required_text(load, public, S("title"));
    kind->public_body = read_text(load, public, S("body"));
    kind->public_reply = read_text(load, public, S("reply"));
    if (kind->confidential)
        fault(load, public->position, MSG_profile_confidential_public, kind->name);
}

/* {field: reply, at: [replied_at]}; the names are checked when the flows are known. */
static void build_reply(Load *load, const Node *node, Kind *kind)
{
    const Node *reply = read_map(load, node, S("reply"));
    check_keys(load, reply, S("field at"));
    if (reply == NULL)
        return;
    StrVec at = read_words(load, reply, S("at"));
    kind->reply = read_required_text(load, reply, S("field"));
    kind->reply_at = at.p;
    kind->n_reply_at = at.n;
    if (node_get(reply, S("at")) == NULL)
        fault(load, reply->position, MSG_profile_missing, S("at"));
}

/* What only the program's own kinds are. */
static void build_own(Load *load, const Node *node, Kind *kind)
{
    static const Str keys[] = {S_CONST("built_in"), S_CONST("internal"), S_CONST("makes_office")};
    Str base = STR(load->arena, load->sources.p[0].layer, "/");
    kind->built_in = read_flag(load, node, S("built_in"));
    kind->internal = read_flag(load, node, S("internal"));
    kind->makes_office = read_flag(load, node, S("makes_office"));
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const NodePair *pair = node_pair(node, keys[i]);
        if (pair != NULL && !str_starts(pair->position.file, base))
            fault(load, pair->position, MSG_profile_built_in_elsewhere, keys[i]);
    }
}

static void build_number_was(Load *load, const Node *node, Kind *kind)
{
    StrVec was = read_words(load, node, S("number_was"));
    kind->number_was = was.p;
    kind->n_number_was = was.n;
}

static void add_parent(Load *load, const Node *name, Kind *kind, const Kind **parents)
{
    const Kind *parent = kind_named(load, name);
    if (parent == kind)
        fault(load, name->position, MSG_profile_own_parent, kind->name);
    else if (parent != NULL && !kind_is_child_of(kind, parent))
        parents[kind->n_parents++] = parent;
}

/* parent: matter, or parent: [suggestion, request] */
static void build_parents(Load *load, const Node *node, Kind *kind)
{
    const Node *parent = node_get(node, S("parent"));
    if (parent == NULL)
        return;
    bool several = parent->type == NODE_LIST;
    size_t n = several ? parent->n : 1;
    const Kind **parents = NEW_ARRAY(load->arena, const Kind *, n);
    kind->parents = parents;
    for (size_t i = 0; i < n; i++)
        add_parent(load, several ? parent->items[i] : parent, kind, parents);
}

static void build_icon(Load *load, const Node *node, Kind *kind)
{
    StrVec known = {0};
    kind->icon = read_text(load, node, S("icon"));
    for (size_t i = 0; i < WEB_ICONS; i++) {
        *vec_push(load->scratch, &known) = web_icons[i];
        if (str_eq(web_icons[i], kind->icon))
            return;
    }
    if (kind->icon.n > 0)
        fault_unknown(load, key_position(node, S("icon")), MSG_profile_unknown_icon, kind->icon,
                      (Str){0}, &known);
}

/* ladder: level. Records of the kind follow up their parent, at the unit in `lead`. */
static void build_ladder(Load *load, const Node *node, Kind *kind)
{
    const Node *name = node_get(node, S("ladder"));
    Str text = read_text(load, node, S("ladder"));
    StrVec known = {0};
    if (text.n == 0)
        return;
    kind->ladder = kind_field(kind, text);
    for (size_t i = 0; i < kind->n_fields; i++)
        *vec_push(load->scratch, &known) = kind->fields[i]->name;
    if (kind->ladder == NULL)
        fault_unknown(load, name->position, MSG_profile_unknown_fact, text, kind->name, &known);
    else if (kind->ladder->type != FIELD_CHOICE)
        fault(load, name->position, MSG_profile_ladder_choice, text);
    if (kind->n_parents == 0 || kind_field(kind, S("lead")) == NULL)
        fault(load, name->position, MSG_profile_ladder_whom, kind->name);
}

static void build_kind(Load *load, const Document *document, Kind *kind)
{
    const Node *node = document->node;
    check_keys(
        load, node,
        S("kind label describe number number_day number_was title body reply order icon parent "
          "directory confidential searchable open_plain public flow fields built_in internal "
          "makes_office plan menu ladder round never_scored locks opens"));
    kind->label = read_required_label(load, node, S("label"));
    kind->describe = read_label(load, node, S("describe"));
    kind->number = read_text(load, node, S("number"));
    kind->number_day = read_text(load, node, S("number_day"));
    build_number_was(load, node, kind);
    kind->title = read_text(load, node, S("title"));
    kind->body = read_text(load, node, S("body"));
    kind->order = (int)read_int(load, node, S("order"), (IntRange){0, 9999, 500});
    build_icon(load, node, kind);
    kind->directory = read_flag(load, node, S("directory"));
    kind->confidential = read_flag(load, node, S("confidential"));
    kind->searchable = read_flag(load, node, S("searchable"));
    kind->open_plain = read_flag(load, node, S("open_plain"));
    kind->is_round = read_flag(load, node, S("round"));
    kind->never_scored = read_flag(load, node, S("never_scored"));
    check_label_redline(load, node, S("label"), kind->label);
    kind->plan_part = plan_part_read(load, node);
    kind->menu = menu_read(load, node);
    build_parents(load, node, kind);
    build_own(load, node, kind);
    kind->opens = read_flag(load, node, S("opens"));
    kind->locks = read_flag(load, node, S("locks"));
    kind->makes_office = kind->makes_office || kind->locks;
    build_reply(load, node, kind);
    build_public(load, node, kind);
    build_fields(load, node, kind);
    build_ladder(load, node, kind);
}

typedef enum Walked { NOT_WALKED, BEING_WALKED, WALKED } Walked;

/* A kind that is come back to while it is being walked stands above itself: permission would walk
 * for ever. Its parents go, and with them the circle. */
static void walk_parents(Load *load, Kind *kind, Walked *marks)
{
    Walked *mark = &marks[kind - load->kinds];
    *mark = BEING_WALKED;
    for (size_t i = 0; i < kind->n_parents; i++) {
        size_t at = (size_t)(kind->parents[i] - load->kinds);
        Kind *parent = &load->kinds[at];
        if (marks[at] == NOT_WALKED) {
            walk_parents(load, parent, marks);
        } else if (marks[at] == BEING_WALKED && parent->n_parents > 0) {
            fault(load, parent->position, MSG_profile_own_parent, parent->name);
            parent->n_parents = 0;
        }
    }
    *mark = WALKED;
}

void build_kinds(Load *load)
{
    Walked *marks = NEW_ARRAY(load->scratch, Walked, load->profile->n_kinds);
    for (size_t i = 0; i < load->profile->n_kinds; i++)
        build_kind(load, &load->documents[HEAD_KIND].p[i], &load->kinds[i]);
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        if (marks[i] == NOT_WALKED)
            walk_parents(load, &load->kinds[i], marks);
    }
}
