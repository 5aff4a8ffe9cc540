/* SPDX-License-Identifier: Apache-2.0 */
#include "view/coverage_view.h"

#include "view/list_query.h"

static bool is_coverage(const Figure *figure)
{
    return figure->of->type == INDICATOR_COVERAGE;
}

bool coverages_view(Visit *visit, FigureRow **ret_rows, size_t *ret_count, Err *err)
{
    const Profile *profile = visit->office->profile;
    FigureRow *rows = NEW_ARRAY(visit->arena, FigureRow, profile->n_figures + 1);
    size_t count = 0;
    for (size_t i = 0; i < profile->n_figures; i++) {
        FigureQuery query;
        if (is_coverage(&profile->figures[i]) &&
            !figure_row_view(visit, &profile->figures[i], &query, &rows[count++], err))
            return false;
    }
    *ret_rows = rows;
    *ret_count = count;
    return true;
}

/* ---- names ---- */

static bool is_of_tree(const FigureRow *row)
{
    return str_eq(row->figure->of->at, FACT_SELF);
}

static MemberView *member_new(Visit *visit, const Org *org)
{
    MemberView *member = NEW(visit->arena, MemberView);
    *member = (MemberView){.label = label_text(org->title, visit->language), .code = org->code};
    return member;
}

/* Members by id whose records the visitor may open. */
static bool names_read(Visit *visit, const FigureQuery *query, Map *names, Err *err)
{
    Selection selection;
    ListQuery list;
    if (!figure_selection(visit->arena, visit->office, query, true, &selection, err) ||
        !list_query_base(visit, selection.kind, &list, err))
        return false;
    list.selection = &selection;
    list.order = LIST_OLDEST;
    list.limit = LIST_LIMIT_MAX;
    list.after = S("");
    do {
        ListPage page;
        if (!record_list(visit->arena, visit->db, &visit->office->orgs, &list, &page, err))
            return false;
        for (size_t i = 0; i < page.n; i++) {
            MemberView *member = NEW(visit->arena, MemberView);
            RecordRow row;
            if (!row_if_open(visit, &page.records[i], false, NULL, &row))
                continue;
            *member = (MemberView){row.title, row.number, row.href};
            map_set_id(names, page.records[i].id, member);
        }
        list.after = page.next;
    } while (list.after.n);
    return true;
}

/* ---- groups ---- */

typedef struct Grouping {
    Visit *visit;
    const FigureRow *row;
    FigureQuery query;
    CoverageGroup *groups; /* one for each part of the split */
    size_t n_groups;
    Map at;    /* organisation → CoverageGroup* */
    Map names; /* member → MemberView* */
    int64_t hidden;
} Grouping;

/* The organisations of a part, as they stood on the day. */
static void group_spans(Grouping *grouping, int64_t part, bool itself, CoverageGroup *group)
{
    const OrgTree *tree = &grouping->visit->office->orgs;
    Day day = grouping->query.to;
    OrgSpans spans = {0};
    if (itself)
        map_set_id(&grouping->at, part, group);
    else
        spans = org_spans(grouping->visit->arena, tree, part, day, day);
    for (size_t i = 0; i < spans.n; i++)
        map_set_id(&grouping->at, spans.p[i].org, group);
}

static bool groups_open(Grouping *grouping, Err *err)
{
    Visit *visit = grouping->visit;
    const OrgTree *tree = &visit->office->orgs;
    int64_t own = grouping->query.org ? grouping->query.org : tree->root;
    FigurePart *parts;
    if (!figure_split(visit->arena, visit->db, visit->office, &grouping->query, &parts,
                      &grouping->n_groups, err))
        return false;
    grouping->groups = NEW_ARRAY(visit->arena, CoverageGroup, grouping->n_groups + 1);
    for (size_t i = 0; i < grouping->n_groups; i++) {
        const Org *org = org_find(tree, parts[i].org);
        CoverageGroup *group = &grouping->groups[i];
        *group = (CoverageGroup){.label = org ? label_text(org->title, visit->language)
                                              : view_say(visit, MSG_view_not_attributed),
                                 .code = org ? org->code : S(""),
                                 .have = parts[i].value.numerator,
                                 .all = parts[i].value.denominator};
        if (org && parts[i].org != own)
            group->href = figure_href_at(visit, grouping->row->figure, org->code);
        group_spans(grouping, parts[i].org, parts[i].org == own || !org, group);
    }
    return true;
}

static void member_put(Grouping *grouping, const FigureMember *member)
{
    Visit *visit = grouping->visit;
    const Org *org = is_of_tree(grouping->row) ? org_find(&visit->office->orgs, member->id) : NULL;
    CoverageGroup *group = map_find_id(&grouping->at, member->org);
    MemberView *name = org ? member_new(visit, org) : map_find_id(&grouping->names, member->id);
    if (!group)
        group = map_find_id(&grouping->at, 0);
    if (!group || !name) {
        grouping->hidden++;
        return;
    }
    *vec_push(visit->arena, member->has ? &group->having : &group->missing) = *name;
}

static int compare_members(const void *left, const void *right)
{
    const MemberView *a = left, *b = right;
    int order = str_cmp(a->code, b->code);
    return order ? order : str_cmp(a->label, b->label);
}

static void groups_sort(Grouping *grouping)
{
    for (size_t i = 0; i < grouping->n_groups; i++) {
        CoverageGroup *group = &grouping->groups[i];
        if (group->missing.n)
            qsort(group->missing.p, group->missing.n, sizeof *group->missing.p, compare_members);
        if (group->having.n)
            qsort(group->having.p, group->having.n, sizeof *group->having.p, compare_members);
    }
}

/* Organisations of which none is a member say nothing. */
static void groups_thin(Grouping *grouping)
{
    size_t kept = 0;
    for (size_t i = 0; i < grouping->n_groups; i++)
        if (grouping->groups[i].all > 0)
            grouping->groups[kept++] = grouping->groups[i];
    grouping->n_groups = kept;
}

static bool groups_fill(Grouping *grouping, Err *err)
{
    Visit *visit = grouping->visit;
    FigureMember *members;
    size_t count;
    if (!groups_open(grouping, err) ||
        !figure_members(visit->arena, visit->db, visit->office, &grouping->query, &members, &count,
                        err) ||
        (!is_of_tree(grouping->row) && !names_read(visit, &grouping->query, &grouping->names, err)))
        return false;
    for (size_t i = 0; i < count; i++)
        member_put(grouping, &members[i]);
    groups_sort(grouping);
    groups_thin(grouping);
    return true;
}

bool coverage_view(Visit *visit, Str name, CoverageView *ret_view, Err *err)
{
    const Figure *figure = profile_figure(visit->office->profile, name);
    CoverageView view = {0};
    Grouping grouping = {.visit = visit, .row = &view.row};
    const Org *org;
    if (!figure || !is_coverage(figure))
        return err_set(err, ERR_NOT_FOUND, MSG_view_no_such_figure, name);
    grouping.at = map_open(visit->arena);
    grouping.names = map_open(visit->arena);
    if (!figure_row_view(visit, figure, &grouping.query, &view.row, err) ||
        !groups_fill(&grouping, err))
        return false;
    org = org_find(&visit->office->orgs, grouping.query.org);
    view.org_label = org ? label_text(org->title, visit->language)
                         : label_text(visit->office->profile->label, visit->language);
    view.org_code = org ? org->code : S("");
    view.groups = grouping.groups;
    view.n_groups = grouping.n_groups;
    view.hidden = grouping.hidden;
    *ret_view = view;
    return true;
}
