/* SPDX-License-Identifier: Apache-2.0 */
/* What the office is made of: kinds, organisations, accounts. */
#include "api/handlers.h"
#include "api/record_json.h"

HttpOutcome api_kinds(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Profile *profile = visit->office->profile;
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_str(&json, S("profile"), profile->name);
    json_field_str(&json, S("hash"), profile->hash_hex);
    json_field_array_begin(&json, S("kinds"));
    for (size_t i = 0; i < profile->n_kinds; i++)
        json_kind(&json, visit, &profile->kinds[i], false);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

HttpOutcome api_kind(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    Str name = http_param(request, S("kind"));
    const Kind *kind = profile_kind(visit->office->profile, name);
    Err err = {0};
    Json json;
    if (!kind) {
        err_set(&err, ERR_NOT_FOUND, MSG_view_no_such_kind, name);
        return http_fail(request, response, &err);
    }
    json = answer_open(response, 200);
    json_kind(&json, visit, kind, true);
    return answer_close(response, &json);
}

static void write_org(Json *json, const Visit *visit, const Org *org)
{
    const Org *parent = org_find(&visit->office->orgs, org->parent);
    json_object_begin(json);
    json_field_str(json, S("code"), org->code);
    json_field_str(json, S("title"), label_text(org->title, visit->language));
    json_field_str(json, S("type"), org->type);
    if (org->division_code.n)
        json_field_str(json, S("division_code"), org->division_code);
    json_name(json, S("parent"));
    if (parent)
        json_str(json, parent->code);
    else
        json_none(json);
    json_field_bool(json, S("virtual"), org->is_virtual);
    json_field_day(json, S("opened_on"), org->opened_on);
    json_field_day(json, S("closed_on"), org->closed_on);
    json_object_end(json);
}

/* Parents before children, so that a reader can build the tree as it goes. */
HttpOutcome api_orgs(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const OrgTree *tree = &visit->office->orgs;
    IdVec ids = {0};
    Json json = answer_open(response, 200);
    Str words = str_trim(http_query(request, S("q")));
    if (tree->root && words.n > 0)
        ids = org_matching(visit->arena, tree, tree->root, words);
    else if (tree->root)
        ids = org_subtree(visit->arena, tree, tree->root);
    json_object_begin(&json);
    json_field_array_begin(&json, S("orgs"));
    for (size_t i = 0; i < ids.n; i++)
        write_org(&json, visit, org_find(tree, ids.p[i]));
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}

static void write_account(Json *json, const Visit *visit, const Account *account)
{
    json_object_begin(json);
    json_field_int(json, S("id"), account->id);
    json_field_str(json, S("login"), account->login);
    json_field_str(json, S("title"), label_text(account->title, visit->language));
    json_field_bool(json, S("disabled"), account->disabled);
    json_field_array_begin(json, S("roles"));
    for (size_t i = 0; i < account->n_grants; i++) {
        const Org *org = org_find(&visit->office->orgs, account->grants[i].org);
        json_object_begin(json);
        json_field_str(json, S("role"), account->grants[i].role->name);
        json_field_str(json, S("org"), org ? org->code : S(""));
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

HttpOutcome api_accounts(HttpRequest *request, HttpResponse *response)
{
    Visit *visit = visit_of(request);
    const Map *accounts = &visit->office->accounts;
    Json json = answer_open(response, 200);
    json_object_begin(&json);
    json_field_array_begin(&json, S("accounts"));
    for (size_t i = 0; i < accounts->n; i++)
        write_account(&json, visit, accounts->slots[i].value);
    json_array_end(&json);
    json_object_end(&json);
    return answer_close(response, &json);
}
