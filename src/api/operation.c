/* SPDX-License-Identifier: Apache-2.0 */
#include "api/operation.h"

#include "api/handlers.h"
#include "export/briefing_document.h"
#include "export/case_file.h"
#include "record/list.h"
#include "view/attachment.h"

#define LIST_QUERY "q org from to status category light sort limit after"

static const Parameter parameters[] = {
    {"q", "query", "q", "string", NULL, 0, "Words of the text, or a number"},
    {"org", "query", "org", "string", NULL, 0,
     "Code of an organisation; all that is below it counts too"},
    {"from", "query", "from", "day", NULL, 0, "First day"},
    {"to", "query", "to", "day", NULL, 0, "Last day"},
    {"edition", "query", "edition", "string", NULL, 0,
     "Of a briefing: 1, 2, … or draft; the newest that is published when absent"},
    {"as_of", "query", "as_of", "day", NULL, 0,
     "The day on which periods such as this year are looked at"},
    {"year", "query", "year", "integer", NULL, 0, "The year of a plan"},
    {"round", "query", "round", "string", NULL, 0,
     "Number of a round; the latest adopted one when absent"},
    {"at_least", "query", "at_least", "integer", NULL, 0,
     "What if: another least volume; weight.ITEM, zero.ITEM and full.ITEM change an item"},
    {"week", "query", "week", "day", NULL, 0, "Any day of the week; this week when absent"},
    {"status", "query", "status", "string", NULL, 0,
     "A state of the kind, or open: still to be worked on"},
    {"category", "query", "category", "string", NULL, 0, "A choice of the kind's field category"},
    {"parent", "query", "parent", "string", NULL, 0,
     "What it belongs to, by number or \"#\" and id; for kinds of children"},
    {"light", "query", "light", "string", "green yellow red paused", 0, "How the deadline stands"},
    {"sort", "query", "sort", "string", "newest due oldest", 0, "Newest first when absent"},
    {"limit", "query", "limit", "integer", NULL, LIST_LIMIT_MAX, "Rows of a page"},
    {"after", "query", "after", "string", NULL, 0, "`next` of the page before"},
    {"code", "query", "code", "string", NULL, 0, "The query code of the submission"},
    {"sequence", "query", "sequence", "integer", NULL, 0, "An entry, for an inclusion proof"},
    {"number", "query", "number", "string", NULL, 0,
     "A record, for the inclusion proof of its last entry"},
    {"size", "query", "size", "integer", NULL, 0,
     "Size of the tree; the newest signed head when absent"},
    {"tree_from", "query", "from", "integer", NULL, 0, "Smaller size, for a consistency proof"},
    {"tree_to", "query", "to", "integer", NULL, 0,
     "Larger size; the newest signed head when absent"},
    {"idempotency_key", "header", "Idempotency-Key", "string", NULL, 0,
     "The same key again gives the first answer and changes nothing"},
};

static const Shape shapes[] = {
    {"Error", "error @ErrorDetail"},
    {"ErrorDetail", "code string, message string, hint string, field? string, "
                    "fields? []@WrongField"},
    {"WrongField", "field string, message string"},
    {"Health", "status string"},
    {"SignIn", "login string, password string"},
    {"Session", "token string, account @SessionAccount, roles []@Role"},
    {"SignedIn", "account? @SessionAccount, roles? []@Role, actor string"},
    {"SessionAccount", "login string, title string, org string"},
    {"Role", "role string, org string"},
    {"Account", "id integer, login string, title string, disabled boolean, roles []@Role"},
    {"Accounts", "accounts []@Account"},
    {"Org", "code string, title string, type string, division_code? string, parent string?, "
            "virtual boolean, opened_on day?, closed_on day?"},
    {"Orgs", "orgs []@Org"},
    {"KindHead", "kind string, label string, describe string, public boolean, "
                 "confidential boolean, built_in boolean, numbering? string, parents? []string"},
    {"Kinds", "profile string, hash string, kinds []@KindHead"},
    {"Kind", "..KindHead, fields []@Field, states? []@State, moves? []@MoveDefinition"},
    {"Field", "name string, type string, label string, help? string, required boolean, "
              "public boolean, filter boolean, min? integer, max? integer, scale? integer, "
              "unit? string, currency? string, unit_yuan? integer, to? string, choices? []@Choice"},
    {"Choice", "code string, label string, note? string"},
    {"State", "name string, label string, open boolean"},
    {"MoveDefinition", "move string, label string, says string, creates boolean, to? string, "
                       "primary boolean, danger boolean, backdate boolean, needs_approval boolean, "
                       "from []string, who []string, form []@Field"},
    {"RecordRow", "..RowHead, fields fields, texts texts"},
    {"RowHead", "kind string, number string, id integer, title string, status string, "
                "status_label string, result_label string?, place_label string?, "
                "lead_label string?, light string?, due_on day?, left string?, "
                "created_at instant?, closed_at instant?, voided boolean, pending boolean, "
                "next_move string?"},
    {"RecordList", "records []@RecordRow, next string?, count string"},
    {"RecordRows", "records []@RecordRow"},
    {"Record", "..RecordRow, version integer, result any?, clock @Clock?, moves []@Move, "
               "waiting @Waiting?, has_contact boolean, may_reveal_contact boolean, "
               "extensions []@Extension, children []@RecordRow, more_children []@MoreChildren, "
               "linked []@RecordRow"},
    {"MoreChildren", "kind string, count integer"},
    {"Extension", "move_label string, asked_by string, asked_at instant?, reason string, "
                  "agreed boolean, decided_by string, decided_at instant?, old_due_on day?, "
                  "new_due_on day?, refused_reason string"},
    {"Clock", "runs boolean, from day?, due_on day?, within string, source string, "
              "provisional boolean"},
    {"Move", "move string, label string, says string, primary boolean, needs_approval boolean, "
             "blocked string?, proposal string?, form []@Field"},
    {"Waiting", "label string, by string, may_decide boolean, fields fields, texts texts"},
    {"History", "number string, entries []@Entry"},
    {"Entry", "sequence integer, at instant?, recorded_at instant?, who string, move string, "
              "label string, fields fields, texts texts"},
    {"Made", "number string, id integer, version integer, status string, pending boolean, "
             "code? string, repeated? boolean"},
    {"MoveMade", "number string, version integer, id? integer, status? string, "
                 "pending? boolean, repeated? boolean, contact? @Contact"},
    {"Contact", "name string, phone string"},
    {"Attachment", "id string, name string, type string, size integer"},
    {"Import", "kind string, rows integer, new integer, before integer, wrong integer, "
               "made integer, problems []@ImportProblem"},
    {"ImportProblem", "row integer, column? string, title string, message string"},
    {"ImportBody", "kind string, apply? string, skip_wrong? string"},
    {"Track", "number string, title string, kind_label string, status_label string, "
              "submitted_at instant?, next string, reply string, result_label string, "
              "replied_at instant?, version integer, steps []@Step, moves []@Move"},
    {"Step", "at instant?, move string, label string"},
    {"FigureRow", "figure string, label string, define string, value number?, unit string, "
                  "text string, numerator? integer, denominator? integer, period string, "
                  "from day?, to day?, board boolean, overlaps []string, subset_of string?"},
    {"Figures", "figures []@FigureRow"},
    {"Figure", "..FigureRow, org string, parts []@Part, parts_add_up boolean, months []@Month, "
               "excluded []@FigureRow"},
    {"Part", "org string?, label string, value number?"},
    {"Month", "from day?, value number?"},
    {"Decision", "number string, reason string, asked_by string, decided_by string"},
    {"FigureRecords", "figure string, text string, openings []@RecordRow, records []@RecordRow, "
                      "decisions []@Decision, next string?, "
                      "count string, hidden integer?, sum? string"},
    {"CoverageRow", "coverage string, label string, define string, have integer, of integer, "
                    "missing integer, full boolean, unit string, text string, period string, "
                    "from day?, to day?"},
    {"Coverages", "coverage []@CoverageRow"},
    {"Coverage", "..CoverageRow, org string, hidden integer, parts []@CoveragePart"},
    {"CoveragePart", "org string?, label string, have integer, of integer, missing []@Member, "
                     "having []@Member"},
    {"Member", "code string, label string"},
    {"Plans", "plans []@Plan"},
    {"Plan", "number string, title string, year integer, pattern string?, announced boolean, "
             "rows []@PlanRow"},
    {"PlanRow", "part string, depth integer, number string, node_code string?, title string, "
                "tier string?, lead_label string?, co_units_label string?, from day?, until day?, "
                "done boolean, vague boolean, loose boolean, targets []@Target, "
                "milestones []@Milestone"},
    {"Milestone", "title string, day day?, done boolean"},
    {"Targets", "targets []@Target"},
    {"Target", "number string, title string, under string, lead_label string?, figure string, "
               "label string, comparator string, target number?, unit string, actual number?, "
               "reached boolean, percent integer, due_percent integer, light string, from day?, "
               "to day?, months []@TargetMonth"},
    {"TargetMonth", "day day?, light string"},
    {"Assessments", "assessments []@AssessmentHead"},
    {"AssessmentHead", "assessment string, label string, define string, rule string, "
                       "ranking boolean, rounds []@Round"},
    {"Round", "number string, title string, status_label string, from day?, to day?, "
              "rule string, final boolean"},
    {"Assessment", "..AssessmentHead, round string, what_if boolean, adopted_rule boolean, "
                   "from day?, to day?, as_of day?, total integer, total_words string, "
                   "volume_words string, items []@AssessmentItem, units []@UnitScore"},
    {"AssessmentItem", "name string, label string, figure string, weight integer, zero number?, "
                       "full number?, rule_words string"},
    {"UnitScore", "org string, label string, scored boolean, marks number?, volume number?, "
                  "place? integer, scores []@ItemScore, excluded []@ItemScore"},
    {"ItemScore", "figure string, marks number?, value number?, text string, "
                  "numerator? integer, denominator? integer"},
    {"Supervision", "from day?, to day?, units []@UnitLights, newly_overdue []@SheetRow, "
                    "second_stage []@SheetRow"},
    {"UnitLights", "code string, label string, red integer, yellow integer, green integer, "
                   "paused integer, newly_overdue integer, second_stage integer"},
    {"Sheet", "code string, label string, from day?, to day?, as_of day?, lights @SheetLights, "
              "owed []@SheetRow, matters []@SheetRow"},
    {"SheetLights", "red integer, yellow integer, green integer, paused integer, none integer"},
    {"SheetRow", "kind string, number string, title string, status string, unit string, "
                 "light string?, due_on day?, due_in_week boolean, newly_overdue boolean, "
                 "step_label string, step_number string, step_at instant?, "
                 "extensions []@Extension"},
    {"Briefings", "templates []@Template, records []@RecordRow"},
    {"Template", "template string, label string"},
    {"Briefing", "template? string, number? string, status string, edition? integer, "
                 "editions? integer, from day?, to day?, frozen_on? day?, tree_size? integer, "
                 "source? string, text string, figures []@BriefingFigure, checks? []@Check, "
                 "can_publish? boolean, changes? []@Changed, reason? string, "
                 "corrections? []@Corrected"},
    {"BriefingFigure", "figure string, label string, value string, org? string, from day?, "
                       "to day?"},
    {"Corrected", "figure string, before? string, after? string"},
    {"Check", "passed boolean, blocks boolean, sentence string"},
    {"Changed", "figure string, definition_changed boolean, value_now integer, added integer, "
                "removed integer"},
    {"Heads", "heads []@Head"},
    {"Head", "size integer, root string, root_sm3 string, signed_at instant?, note string"},
    {"Proof", "type string, sequence? integer, leaf_index? integer, tree_size? integer, "
              "leaf? string, root? string, from? integer, to? integer, from_root? string, "
              "to_root? string, proof []string"},
    {"CreateBody", "move? string, at? instant"},
    {"MoveBody", "version integer, at? instant"},
    {"PublicMoveBody", "code string"},
    {"PublicBody", ""},
    /* Forms of the moves that every kind has. */
    {OPERATION_EVERY "approve", ""},
    {OPERATION_EVERY "refuse", "reason string"},
    {OPERATION_EVERY "reveal_contact", "reason string"},
    {OPERATION_EVERY "erase_text", ""},
    {OPERATION_EVERY "grant", "role string, org string, remove? string"},
};

static const Operation operations[] = {
    {.handler = api_health, .status = "200", .answer = "Health"},
    {.handler = api_metrics, .status = "200", .media = "text/plain"},
    {.handler = api_openapi, .status = "200", .media = "application/json"},
    {.handler = api_session_post, .status = "200", .answer = "Session", .body = "SignIn"},
    {.handler = api_session_get, .status = "200", .answer = "SignedIn"},
    {.handler = api_session_delete, .status = "204"},
    {.handler = api_kinds, .status = "200", .answer = "Kinds"},
    {.handler = api_kind, .status = "200", .answer = "Kind"},
    {.handler = api_orgs, .status = "200", .answer = "Orgs", .query = "q"},
    {.handler = api_accounts, .status = "200", .answer = "Accounts"},
    {.handler = api_desk, .status = "200", .answer = "RecordList"},
    {.handler = api_search, .status = "200", .answer = "RecordList", .query = LIST_QUERY},
    {.handler = api_records,
     .status = "200",
     .answer = "RecordList",
     .query = LIST_QUERY " parent",
     .filters = true},
    {.handler = api_record_create,
     .status = "201",
     .answer = "Made",
     .body = "CreateBody",
     .forms = FORMS_CREATE},
    {.handler = api_record, .status = "200", .answer = "Record"},
    {.handler = api_record_history, .status = "200", .answer = "History"},
    {.handler = api_record_similar, .status = "200", .answer = "RecordRows"},
    {.handler = api_move,
     .status = "200",
     .answer = "MoveMade",
     .body = "MoveBody",
     .forms = FORMS_MOVE},
    {.handler = api_attachment_post, .status = "201", .answer = "Attachment"},
    {.handler = api_import_post, .status = "200", .answer = "Import", .body = "ImportBody"},
    {.handler = briefing_docx_answer,
     .status = "200",
     .query = "edition as_of",
     .media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {.handler = briefing_pdf_answer,
     .status = "200",
     .query = "edition as_of",
     .media = "application/pdf"},
    {.handler = case_file_answer, .status = "200", .media = "application/pdf"},
    {.handler = attachment_answer, .status = "200", .media = "application/octet-stream"},
    {.handler = api_public_list,
     .status = "200",
     .answer = "RecordList",
     .query = "q sort limit after"},
    {.handler = api_public_create,
     .status = "201",
     .answer = "Made",
     .body = "PublicBody",
     .forms = FORMS_PUBLIC_CREATE},
    {.handler = api_public_track, .status = "200", .answer = "Track", .query = "code"},
    {.handler = api_public_rating,
     .status = "200",
     .answer = "Made",
     .body = "PublicMoveBody",
     .forms = FORMS_PUBLIC_MOVE},
    {.handler = api_public_move,
     .status = "200",
     .answer = "Made",
     .body = "PublicMoveBody",
     .forms = FORMS_PUBLIC_MOVE},
    {.handler = api_figures, .status = "200", .answer = "Figures", .query = "org from to as_of"},
    {.handler = api_figure, .status = "200", .answer = "Figure", .query = "org from to as_of"},
    {.handler = api_figure_records,
     .status = "200",
     .answer = "FigureRecords",
     .query = "org from to as_of sort limit after"},
    {.handler = api_coverages,
     .status = "200",
     .answer = "Coverages",
     .query = "org from to as_of"},
    {.handler = api_coverage, .status = "200", .answer = "Coverage", .query = "org from to as_of"},
    {.handler = api_plan, .status = "200", .answer = "Plans", .query = "year as_of"},
    {.handler = api_targets, .status = "200", .answer = "Targets", .query = "year as_of"},
    {.handler = api_assessments, .status = "200", .answer = "Assessments"},
    {.handler = api_assessment, .status = "200", .answer = "Assessment", .query = "round at_least"},
    {.handler = api_supervision, .status = "200", .answer = "Supervision", .query = "week"},
    {.handler = api_sheet, .status = "200", .answer = "Sheet", .query = "week"},
    {.handler = api_briefings, .status = "200", .answer = "Briefings", .query = LIST_QUERY},
    {.handler = api_briefing, .status = "200", .answer = "Briefing", .query = "as_of org edition"},
    {.handler = api_briefing_publish,
     .status = "2XX",
     .answer = "Made",
     .query = "as_of org",
     .body = "PublicBody"},
    {.handler = api_ledger_checkpoint, .status = "200", .media = "text/plain"},
    {.handler = api_ledger_heads, .status = "200", .answer = "Heads", .query = "limit"},
    {.handler = api_ledger_key, .status = "200", .media = "text/plain"},
    {.handler = api_ledger_proof,
     .status = "200",
     .answer = "Proof",
     .query = "sequence number size tree_from tree_to"},
};

const Operation *operation_of(HttpHandler handler)
{
    for (size_t i = 0; i < COUNT_OF(operations); i++)
        if (operations[i].handler == handler)
            return &operations[i];
    return NULL;
}

const Parameter *operation_parameters(size_t *ret_count)
{
    *ret_count = COUNT_OF(parameters);
    return parameters;
}

const Shape *operation_shapes(size_t *ret_count)
{
    *ret_count = COUNT_OF(shapes);
    return shapes;
}

const Shape *operation_shape(Str name)
{
    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        if (str_eq(str_from_c(shapes[i].name), name))
            return &shapes[i];
    return NULL;
}
