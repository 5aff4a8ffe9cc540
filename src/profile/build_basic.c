/* SPDX-License-Identifier: Apache-2.0 */
/* Settings, choices, roles, routing and scans: definitions without facts of their own. */
#include "profile/build.h"

static void build_light(Load *load, const Node *node)
{
    const Node *light = read_map(load, node, S("light"));
    check_keys(load, light, S("yellow_workdays yellow_percent"));
    load->profile->yellow_workdays =
        (int)read_int(load, light, S("yellow_workdays"), (IntRange){0, 250, 3});
    load->profile->yellow_percent =
        (int)read_int(load, light, S("yellow_percent"), (IntRange){0, 100, 20});
}

/* Points behind the schedule from which a target is yellow, and beyond which it is red. */
static void build_progress(Load *load, const Node *node)
{
    const Node *progress = read_map(load, node, S("progress"));
    check_keys(load, progress, S("yellow_points red_points"));
    load->profile->progress_yellow =
        (int)read_int(load, progress, S("yellow_points"), (IntRange){1, 100, 10});
    load->profile->progress_red =
        (int)read_int(load, progress, S("red_points"), (IntRange){1, 100, 30});
    if (load->profile->progress_red < load->profile->progress_yellow)
        fault(load, key_position(progress, S("red_points")), MSG_profile_min_over_max);
}

void check_profile_keys(Load *load, const Node *node)
{
    check_keys(load, node,
               S("profile extends parts label office light contact_days similar_count "
                 "organisations accounts progress"));
}

void build_profile(Load *load)
{
    Profile *profile = load->profile;
    Position start = {.file = load->sources.p[0].file, .line = 1, .column = 1};
    if (load->documents[HEAD_PROFILE].n == 0) {
        fault(load, start, MSG_profile_no_profile);
        return;
    }
    const Document *document = &load->documents[HEAD_PROFILE].p[0];
    const Node *node = document->node;
    check_profile_keys(load, node);
    profile->name = document->name;
    profile->position = document->position;
    profile->label = read_required_label(load, node, S("label"));
    profile->office = read_required_label(load, node, S("office"));
    build_light(load, node);
    build_progress(load, node);
    profile->contact_days = (int)read_int(load, node, S("contact_days"), (IntRange){1, 3650, 180});
    profile->similar_count = (int)read_int(load, node, S("similar_count"), (IntRange){0, 20, 5});
    profile->organisations_file = read_text(load, node, S("organisations"));
    profile->organisations_at = key_position(node, S("organisations"));
    profile->accounts_file = read_text(load, node, S("accounts"));
    profile->accounts_at = key_position(node, S("accounts"));
}

static bool code_is_good(Str code)
{
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return code.n > 0 && code.n <= NAME_MAX_BYTES && !str_eq(code, S("present")) &&
           !str_eq(code, S("absent"));
}

static Choice build_choice(Load *load, const Node *item)
{
    Choice choice = {0};
    if (!check_map(load, item))
        return choice;
    check_keys(load, item, S("code label note letter was"));
    choice.code = read_required_text(load, item, S("code"));
    if (choice.code.n > 0 && !code_is_good(choice.code))
        fault(load, key_position(item, S("code")), MSG_profile_bad_code, choice.code);
    choice.label = read_required_label(load, item, S("label"));
    choice.note = read_label(load, item, S("note"));
    choice.letter = read_text(load, item, S("letter"));
    if (choice.letter.n > 1 ||
        (choice.letter.n == 1 && (choice.letter.p[0] < 'A' || choice.letter.p[0] > 'Z')))
        fault(load, key_position(item, S("letter")), MSG_profile_bad_letter, choice.letter);
    StrVec was = read_words(load, item, S("was"));
    choice.was = was.p;
    choice.n_was = was.n;
    check_redline(load, key_position(item, S("code")), choice.code);
    check_label_redline(load, item, S("label"), choice.label);
    return choice;
}

static void check_choices_were(Load *load, const Node *items, const ChoiceList *list)
{
    FormerNames former = {.load = load, .seen = map_open(load->scratch)};
    for (size_t i = 0; i < list->n; i++)
        former_add_present(&former, list->items[i].code);
    for (size_t i = 0; i < list->n; i++)
        former_check(&former, items->items[i]);
}

static void build_choice_list(Load *load, const Document *document, ChoiceList *list)
{
    const Node *node = document->node;
    check_keys(load, node, S("choices label items"));
    const Node *items = read_list(load, node, S("items"));
    if (node_get(node, S("items")) == NULL || (items != NULL && items->n == 0))
        fault(load, document->position, MSG_profile_missing, S("items"));
    (void)read_label(load, node, S("label"));
    size_t n = items == NULL ? 0 : items->n;
    Choice *choices = NEW_ARRAY(load->arena, Choice, n);
    for (size_t i = 0; i < n; i++)
        choices[i] = build_choice(load, items->items[i]);
    list->items = choices;
    list->n = n;
    if (n > 0)
        check_choices_were(load, items, list);
}

/* The figures (with the coverages) or assessments of the profile, for fields that name one. What is
 * wrong with one is said where it is built. */
static void build_own_choices(Load *load, Head head, ChoiceList *list)
{
    const DocumentVec *plain = &load->documents[head];
    const DocumentVec *coverages = &load->documents[HEAD_COVERAGE];
    size_t n = plain->n + (head == HEAD_FIGURE ? coverages->n : 0);
    Choice *choices = NEW_ARRAY(load->arena, Choice, n);
    load->quiet++;
    for (size_t i = 0; i < n; i++) {
        const Document *one = i < plain->n ? &plain->p[i] : &coverages->p[i - plain->n];
        StrVec was = read_words(load, one->node, S("was"));
        choices[i] = (Choice){.code = one->name,
                              .label = read_label(load, one->node, S("label")),
                              .was = was.p,
                              .n_was = was.n};
    }
    load->quiet--;
    list->items = choices;
    list->n = n;
    list->position = plain->n > 0 ? plain->p[0].position : load->profile->position;
}

void build_choices(Load *load)
{
    size_t written = load->documents[HEAD_CHOICES].n;
    for (size_t i = 0; i < written; i++)
        build_choice_list(load, &load->documents[HEAD_CHOICES].p[i], &load->choice_lists[i]);
    build_own_choices(load, HEAD_FIGURE, &load->choice_lists[written]);
    build_own_choices(load, HEAD_ASSESSMENT, &load->choice_lists[written + 1]);
    load->choice_lists[written + 2].position = load->choice_lists[written].position;
}

static unsigned build_rights(Load *load, const Node *node)
{
    static const struct {
        Str name;
        RoleRight right;
    } rights[] = {
        {S_CONST("see_all"), RIGHT_SEE_ALL},   {S_CONST("reveal_contact"), RIGHT_REVEAL_CONTACT},
        {S_CONST("briefing"), RIGHT_BRIEFING}, {S_CONST("board"), RIGHT_BOARD},
        {S_CONST("audit"), RIGHT_AUDIT},       {S_CONST("admin"), RIGHT_ADMIN},
        {S_CONST("import"), RIGHT_IMPORT},
    };
    unsigned sum = 0;
    StrVec known =
        words_of(load->scratch, S("see_all reveal_contact briefing board audit admin import"));
    NodeVec names = read_scalars(load, node, S("rights"));
    for (size_t i = 0; i < names.n; i++) {
        unsigned right = 0;
        for (size_t j = 0; j < COUNT_OF(rights); j++) {
            if (str_eq(rights[j].name, names.p[i]->text))
                right = rights[j].right;
        }
        if (right == 0)
            fault_unknown(load, names.p[i]->position, MSG_profile_unknown_right, names.p[i]->text,
                          (Str){0}, &known);
        sum |= right;
    }
    return sum;
}

static void build_role_kinds(Load *load, const Node *node, Role *role)
{
    NodeVec names = read_scalars(load, node, S("kinds"));
    const Kind **kinds = NEW_ARRAY(load->arena, const Kind *, names.n);
    for (size_t i = 0; i < names.n; i++) {
        const Kind *kind = kind_named(load, names.p[i]);
        if (kind != NULL)
            kinds[role->n_kinds++] = kind;
    }
    role->kinds = kinds;
}

static void build_role_excludes(Load *load, const Node *node, Role *role)
{
    NodeVec names = read_scalars(load, node, S("excludes"));
    const Role **excludes = NEW_ARRAY(load->arena, const Role *, names.n);
    for (size_t i = 0; i < names.n; i++) {
        const Role *other = role_named(load, names.p[i]);
        if (other == role)
            fault(load, names.p[i]->position, MSG_profile_excludes_itself, role->name);
        else if (other != NULL)
            excludes[role->n_excludes++] = other;
    }
    role->excludes = excludes;
}

void build_roles(Load *load)
{
    for (size_t i = 0; i < load->profile->n_roles; i++) {
        const Node *node = load->documents[HEAD_ROLE].p[i].node;
        Role *role = &load->roles[i];
        check_keys(load, node, S("role label over kinds rights excludes"));
        role->label = read_required_label(load, node, S("label"));
        role->over = read_required_text(load, node, S("over"));
        role->rights = build_rights(load, node);
        build_role_kinds(load, node, role);
        build_role_excludes(load, node, role);
    }
}

/* Without a kind, `when` must make sense for at least one. */
static const Condition *condition_of_any_kind(Load *load, const Node *when)
{
    const Condition *condition = NULL;
    for (size_t i = 0; i < load->profile->n_kinds; i++) {
        size_t before = load->unheard;
        load->quiet++;
        condition = condition_build(load, &load->kinds[i], when);
        load->quiet--;
        if (load->unheard == before)
            return condition;
    }
    fault(load, when->position, MSG_profile_fits_no_kind);
    return condition;
}

static RoutingRule build_rule(Load *load, const Node *node)
{
    RoutingRule rule = {.position = node->position};
    if (!check_map(load, node))
        return rule;
    check_keys(load, node, S("kind when words lead basis"));
    const Node *kind = node_get(node, S("kind")), *when = node_get(node, S("when"));
    rule.kind = kind == NULL ? NULL : kind_named(load, kind);
    if (when != NULL && rule.kind != NULL)
        rule.when = condition_build(load, rule.kind, when);
    else if (when != NULL && kind == NULL)
        rule.when = condition_of_any_kind(load, when);
    StrVec words = read_words(load, node, S("words"));
    rule.words = words.p;
    rule.n_words = words.n;
    rule.lead = read_required_text(load, node, S("lead"));
    rule.basis = read_label(load, node, S("basis"));
    return rule;
}

void build_routing(Load *load)
{
    VEC(RoutingRule) rules = {0};
    for (size_t i = 0; i < load->documents[HEAD_ROUTING].n; i++) {
        const Node *node = load->documents[HEAD_ROUTING].p[i].node;
        check_keys(load, node, S("routing rules"));
        const Node *list = read_list(load, node, S("rules"));
        for (size_t j = 0; list != NULL && j < list->n; j++)
            *vec_push(load->arena, &rules) = build_rule(load, list->items[j]);
    }
    load->profile->routing = rules.p;
    load->profile->n_routing = rules.n;
}

static Str build_evidence(Load *load, const Node *node)
{
    const Node *name = node_get(node, S("evidence"));
    const Kind *kind = name == NULL ? NULL : kind_named(load, name);
    if (kind != NULL && kind->title.n == 0)
        fault(load, name->position, MSG_profile_missing, S("title"));
    return kind == NULL ? S("") : kind->name;
}

void build_scans(Load *load)
{
    const DocumentVec *all = &load->documents[HEAD_SCAN];
    ScanRule *scans = NEW_ARRAY(load->arena, ScanRule, all->n);
    for (size_t i = 0; i < all->n; i++) {
        const Node *node = all->p[i].node;
        check_keys(load, node, S("scan words refuses says channel evidence"));
        StrVec words = read_words(load, node, S("words"));
        if (words.n == 0)
            fault(load, all->p[i].position, MSG_profile_missing, S("words"));
        scans[i] = (ScanRule){.name = all->p[i].name,
                              .says = read_required_label(load, node, S("says")),
                              .words = words.p,
                              .n_words = words.n,
                              .refuses = read_flag(load, node, S("refuses")),
                              .channel = read_label(load, node, S("channel")),
                              .evidence = build_evidence(load, node),
                              .position = all->p[i].position};
    }
    load->profile->scans = scans;
    load->profile->n_scans = all->n;
}
