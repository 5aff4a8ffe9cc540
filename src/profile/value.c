/* SPDX-License-Identifier: Apache-2.0 */
/* Constants in a profile: the value of a fact as YAML writes it. */
#include "profile/build.h"

#include "base/moment.h"
#include "base/number.h"

static bool wrong(Load *load, const Node *node, MessageId message, Str name)
{
    fault(load, node->position, message, name, node->text);
    return false;
}

static bool code_value(Load *load, Str name, const Fact *fact, const Node *node)
{
    StrVec known = {0};
    const ChoiceList *list = fact->field->choices;
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        *vec_push(load->scratch, &known) = list->items[i].code;
        if (str_eq(list->items[i].code, node->text))
            return true;
    }
    if (list == NULL || list->n == 0) /* reported where the field or the list is defined */
        return true;
    fault_unknown(load, node->position, MSG_profile_unknown_choice, node->text, name, &known);
    return false;
}

static bool state_value(Load *load, const Kind *kind, const Node *node)
{
    StrVec known = {0};
    if (kind->flow == NULL || kind->flow->n_states == 0 ||
        flow_state(kind->flow, node->text) != NULL)
        return true;
    for (size_t i = 0; i < kind->flow->n_states; i++)
        *vec_push(load->scratch, &known) = kind->flow->states[i].name;
    fault_unknown(load, node->position, MSG_profile_unknown_state, node->text, kind->name, &known);
    return false;
}

static bool number_value(Load *load, Str name, const Fact *fact, const Node *node, int64_t *ret)
{
    bool flag;
    Day day;
    switch (fact->type) {
    case FACT_YES_NO:
        if (!flag_parse(node->text, &flag))
            return wrong(load, node, MSG_profile_flag_expected, name);
        *ret = flag;
        return true;
    case FACT_DAY:
        if (!day_parse(node->text, &day))
            return wrong(load, node, MSG_profile_date_expected, name);
        *ret = day;
        return true;
    case FACT_INSTANT:
        return instant_parse(node->text, ret) || wrong(load, node, MSG_profile_date_expected, name);
    case FACT_DECIMAL:
        return decimal_parse(node->text, fact->field->scale, ret) ||
               wrong(load, node, MSG_profile_integer_expected, name);
    default:
        return int_parse(node->text, ret) || wrong(load, node, MSG_profile_integer_expected, name);
    }
}

static bool text_value(Load *load, const Kind *kind, Str name, const Fact *fact, const Node *node)
{
    switch (fact->type) {
    case FACT_CODE:
    case FACT_CODES:
        return code_value(load, name, fact, node);
    case FACT_STATE:
        return state_value(load, kind, node);
    case FACT_KIND:
        return kind_named(load, node) != NULL;
    case FACT_TEXT:
        return true;
    default:
        return wrong(load, node, MSG_profile_no_constant, name);
    }
}

bool value_build(Load *load, const Kind *kind, Str name, const Fact *fact, const Node *node,
                 Value *ret_value)
{
    int64_t number = 0;
    if (fact->type == FACT_BROKEN)
        return false;
    if (node->type != NODE_SCALAR)
        return wrong(load, node, MSG_profile_text_expected, name);
    switch (fact->type) {
    case FACT_NUMBER:
    case FACT_DECIMAL:
    case FACT_MONEY:
    case FACT_DAY:
    case FACT_INSTANT:
    case FACT_YES_NO:
        if (!number_value(load, name, fact, node, &number))
            return false;
        *ret_value = value_int(number);
        return true;
    default:
        if (!text_value(load, kind, name, fact, node))
            return false;
        *ret_value = value_text(node->text);
        return true;
    }
}
