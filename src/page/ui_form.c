/* SPDX-License-Identifier: Apache-2.0 */
#include "page/ui.h"

/* Required choices up to this many are radio buttons: everything is seen at once. */
#define RADIO_MAX 6
/* More boxes than this become a list to pick several from. */
#define BOX_MAX 12

/* The input that is being written. */
typedef struct Control {
    const InputView *input;
    Str id;
    bool is_group; /* fieldset with several inputs: the legend names them */
} Control;

static bool is_radio(const InputView *input)
{
    if (input->field->type == FIELD_YES_NO)
        return true;
    return input->field->type == FIELD_CHOICE && input->required && input->n_options > 0 &&
           input->n_options <= RADIO_MAX;
}

static bool is_boxes(const InputView *input)
{
    return (input->field->type == FIELD_CHOICES || input->field->type == FIELD_ORGANISATIONS) &&
           input->n_options <= BOX_MAX;
}

/* ---- attributes ---- */

static void write_described(Page *page, const Control *control)
{
    Html *h = &page->html;
    bool help = control->input->help.n > 0;
    bool error = control->input->error.n > 0;
    if (help || error) {
        HTML(h, " aria-describedby=\"");
        if (help)
            HTML(h, control->id, "-help ");
        if (error)
            HTML(h, control->id, "-error");
        HTML(h, "\"");
    }
    if (error)
        HTML(h, " aria-invalid=\"true\"");
}

static void write_name(Page *page, const Control *control, bool with_id)
{
    Html *h = &page->html;
    if (with_id)
        HTML(h, " id=\"", control->id, "\"");
    HTML(h, " name=\"", control->input->name, "\"");
    if (field_is_personal(control->input->field))
        HTML(h, " data-no-draft autocomplete=\"off\"");
    if (control->input->look_alike)
        HTML(h, " data-similar-text");
    write_described(page, control);
}

/* ---- controls ---- */

static void write_line(Page *page, const Control *control)
{
    Html *h = &page->html;
    const Field *field = control->input->field;
    bool number =
        field->type == FIELD_NUMBER || field->type == FIELD_DECIMAL || field->type == FIELD_MONEY;
    if (field->type == FIELD_MONEY)
        HTML(h, "<div class=\"with-unit\">");
    HTML(h, "<input");
    if (number || field->type == FIELD_DATE)
        HTML(h, " class=\"input input-short\"");
    else
        HTML(h, " class=\"input\"");
    if (field->type == FIELD_DATE)
        HTML(h, " type=\"date\"");
    else if (field->type == FIELD_PHONE)
        HTML(h, " type=\"tel\"");
    else if (field->type == FIELD_ATTACHMENT)
        HTML(h, " type=\"file\"");
    if (number)
        HTML(h, " inputmode=\"decimal\"");
    write_name(page, control, true);
    HTML(h, " value=\"", control->input->text, "\">");
    if (field->type == FIELD_MONEY)
        HTML(h, "<span>", T(h, field->wan ? MSG_page_unit_wan : MSG_page_unit_yuan),
             "</span></div>");
}

/* Characters from which a text is a document of its own and not a remark. */
#define DOCUMENT_MIN 10000

static void write_area(Page *page, const Control *control)
{
    HTML(&page->html, "<textarea class=\"input\" rows=\"",
         control->input->field->max > DOCUMENT_MIN ? 18 : 5, "\"");
    write_name(page, control, true);
    /* The first newline after the tag is the parser's. */
    HTML(&page->html, ">\n", control->input->text, "</textarea>");
}

static void write_option(Page *page, const OptionView *option)
{
    Html *h = &page->html;
    HTML(h, "<option value=\"", option->value, "\"");
    if (option->selected)
        HTML(h, " selected");
    HTML(h, ">", option->label);
    if (option->note.n > 0)
        HTML(h, " · ", option->note);
    HTML(h, "</option>");
}

static bool has_selected(const InputView *input)
{
    for (size_t i = 0; i < input->n_options; i++)
        if (input->options[i].selected)
            return true;
    return false;
}

static void write_select(Page *page, const Control *control, bool several)
{
    Html *h = &page->html;
    const InputView *input = control->input;
    HTML(h, "<select class=\"input\"");
    if (several)
        HTML(h, " multiple size=\"6\"");
    write_name(page, control, true);
    HTML(h, ">");
    if (!several && (!input->required || !has_selected(input)))
        HTML(h, "<option value=\"\">",
             T(h, input->required ? MSG_page_please_choose : MSG_page_none_chosen), "</option>");
    Str group = {0};
    for (size_t i = 0; i < input->n_options; i++) {
        const OptionView *option = &input->options[i];
        if (option->value.n == 0)
            continue;
        if (group.n > 0 && !str_eq(group, option->group))
            HTML(h, "</optgroup>");
        if (option->group.n > 0 && !str_eq(group, option->group))
            HTML(h, "<optgroup label=\"", option->group, "\">");
        group = option->group;
        write_option(page, option);
    }
    if (group.n > 0)
        HTML(h, "</optgroup>");
    HTML(h, "</select>");
    if (input->n_hidden > 0)
        HTML(h, "<p class=\"help\">",
             T(h, MSG_page_option_hidden, ui_digits(page, input->n_hidden)), "</p>");
}

static void write_choice(Page *page, const Control *control, const OptionView *option, bool radio)
{
    Html *h = &page->html;
    HTML(h, "<label class=\"choice\"><input");
    if (radio)
        HTML(h, " type=\"radio\"");
    else
        HTML(h, " type=\"checkbox\"");
    /* The summary of errors links to the id of the first one. */
    write_name(page, control, option == control->input->options);
    HTML(h, " value=\"", option->value, "\"");
    if (option->selected)
        HTML(h, " checked");
    HTML(h, "><span>", option->label);
    if (option->note.n > 0)
        HTML(h, "<span class=\"meta\"> ", option->note, "</span>");
    HTML(h, "</span></label>");
}

static void write_choices(Page *page, const Control *control)
{
    const InputView *input = control->input;
    HTML(&page->html, "<div class=\"choices\">");
    for (size_t i = 0; i < input->n_options; i++)
        if (input->options[i].value.n > 0)
            write_choice(page, control, &input->options[i], is_radio(input));
    HTML(&page->html, "</div>");
}

static void write_control(Page *page, const Control *control)
{
    const InputView *input = control->input;
    if (control->is_group)
        write_choices(page, control);
    else if (input->options)
        write_select(page, control,
                     input->field->type == FIELD_CHOICES ||
                         input->field->type == FIELD_ORGANISATIONS);
    else if (input->field->type == FIELD_LONG_TEXT)
        write_area(page, control);
    else
        write_line(page, control);
}

/* ---- a field: label, help, error, control ---- */

static void write_label(Page *page, const Control *control)
{
    Html *h = &page->html;
    const InputView *input = control->input;
    if (control->is_group)
        HTML(h, "<legend>", input->label);
    else
        HTML(h, "<label for=\"", control->id, "\">", input->label);
    if (!input->required)
        HTML(h, " <span class=\"optional\">", T(h, MSG_page_optional), "</span>");
    if (control->is_group)
        HTML(h, "</legend>");
    else
        HTML(h, "</label>");
    if (input->help.n > 0)
        HTML(h, "<p class=\"help\" id=\"", control->id, "-help\">", input->help, "</p>");
    if (input->error.n > 0)
        HTML(h, "<p class=\"error\" id=\"", control->id, "-error\">", input->error, "</p>");
}

/* Yes and no are two choices like any other. */
static InputView with_yes_no(Page *page, const InputView *input)
{
    InputView copy = *input;
    if (copy.field->type != FIELD_YES_NO || copy.n_options > 0)
        return copy;
    OptionView *options = NEW_ARRAY(page->arena, OptionView, 2);
    bool yes = str_eq(copy.text, S("yes"));
    bool no = str_eq(copy.text, S("no"));
    options[0] = (OptionView){S("yes"), T(&page->html, MSG_page_yes), {0}, {0}, yes};
    options[1] = (OptionView){S("no"), T(&page->html, MSG_page_no), {0}, {0}, no};
    copy.options = options;
    copy.n_options = 2;
    return copy;
}

static void write_field(Page *page, const InputView *given, Str prefix)
{
    Html *h = &page->html;
    InputView input = with_yes_no(page, given);
    Control control = {.input = &input,
                       .id = STR(page->arena, prefix, input.name),
                       .is_group = is_radio(&input) || is_boxes(&input)};
    if (control.is_group)
        HTML(h, "<fieldset class=\"field");
    else
        HTML(h, "<div class=\"field");
    if (input.error.n > 0)
        HTML(h, " field-wrong");
    HTML(h, "\">");
    write_label(page, &control);
    write_control(page, &control);
    if (control.is_group)
        HTML(h, "</fieldset>\n");
    else
        HTML(h, "</div>\n");
}

void ui_inputs(Page *page, const InputView *inputs, size_t count, Str prefix)
{
    for (size_t i = 0; i < count; i++)
        write_field(page, &inputs[i], prefix);
}

void ui_enctype(Page *page, const InputView *inputs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (inputs[i].field->type == FIELD_ATTACHMENT) {
            HTML(&page->html, " enctype=\"multipart/form-data\"");
            return;
        }
}

/* ---- errors at the top ---- */

static const InputView *find_input(const InputView *inputs, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(inputs[i].name, name))
            return &inputs[i];
    return NULL;
}

void ui_error_summary(Page *page, const Err *err, const InputView *inputs, size_t count, Str prefix)
{
    Html *h = &page->html;
    int64_t wrong = 0;
    if (!err)
        return;
    for (const ErrField *field = err->fields; field; field = field->next)
        wrong++;
    if (wrong == 0) {
        ui_err(page, err);
        return;
    }
    HTML(h, "<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\"><h2>",
         T(h, MSG_page_errors, ui_digits(page, wrong)), "</h2><ul>");
    for (const ErrField *field = err->fields; field; field = field->next) {
        const InputView *input = find_input(inputs, count, field->field);
        Str text = err_field_text(page->arena, field, page->language);
        if (input)
            HTML(h, "<li><a href=\"#", prefix, input->name, "\">", input->label, ui_colon(h), text,
                 "</a></li>");
        else
            HTML(h, "<li>", field->field, ui_colon(h), text, "</li>");
    }
    HTML(h, "</ul></div>\n");
}

/* ---- inputs that are not of the profile ---- */

void ui_input(Page *page, const PlainInput *input)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"field");
    if (input->error.n > 0)
        HTML(h, " field-wrong");
    HTML(h, "\"><label for=\"", input->name, "\">", input->label);
    if (input->is_optional)
        HTML(h, " <span class=\"optional\">", T(h, MSG_page_optional), "</span>");
    HTML(h, "</label>");
    if (input->help.n > 0)
        HTML(h, "<p class=\"help\" id=\"", input->name, "-help\">", input->help, "</p>");
    if (input->error.n > 0)
        HTML(h, "<p class=\"error\" id=\"", input->name, "-error\">", input->error, "</p>");
    HTML(h, "<input class=\"input");
    if (input->is_short)
        HTML(h, " input-short");
    HTML(h, "\" id=\"", input->name, "\" name=\"", input->name, "\" type=\"",
         input->type.n > 0 ? input->type : S("text"), "\" autocomplete=\"",
         input->autocomplete.n > 0 ? input->autocomplete : S("off"), "\" value=\"", input->value,
         "\"");
    if (input->help.n > 0)
        HTML(h, " aria-describedby=\"", input->name, "-help\"");
    HTML(h, "></div>\n");
}

void ui_select(Page *page, Str name, Str label, const OptionView *options, size_t count)
{
    Html *h = &page->html;
    HTML(h, "<div class=\"field\"><label for=\"", name, "\">", label,
         "</label><select class=\"input\" id=\"", name, "\" name=\"", name, "\">");
    for (size_t i = 0; i < count; i++)
        write_option(page, &options[i]);
    HTML(h, "</select></div>\n");
}
