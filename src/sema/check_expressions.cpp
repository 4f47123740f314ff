#include "sema/check_expressions.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/schema_types.h"

namespace farol::sema {
namespace {

using Form = model::CheckExpression::Form;

constexpr AttributeSchema a_number = number("");
constexpr AttributeSchema a_date = date("");
constexpr AttributeSchema a_duration = duration("");
constexpr AttributeSchema a_yes_no = yes_no("");
constexpr AttributeSchema a_text = string("");

constexpr std::string_view object_kinds[] = {"data", "tier", "app", "group", "place", "department"};
constexpr std::string_view role_kinds[] = {"role"};
constexpr std::string_view feature_kinds[] = {"feature"};
constexpr std::string_view control_kinds[] = {"control"};
constexpr std::string_view questions[] = {"allows", "always_allows", "requires", "open_to_all", "mentions"};

bool is_text(const AttributeSchema& type) {
  return type.type == Type::text || type.type == Type::string || type.type == Type::old_name;
}

bool is_thing(const AttributeSchema& type) { return type.type == Type::name || type.type == Type::name_or_string; }

bool is_tier(const AttributeSchema& type) { return type.type == Type::name && type.wanted.kinds == kinds(Kind::tier); }

model::CheckExpression negate(model::CheckExpression inner) {
  model::CheckExpression negation;
  negation.form = Form::negation;
  negation.children.push_back(std::move(inner));
  return negation;
}

model::CheckExpression::Order order_of(syntax::Predicate::Order order) {
  using From = syntax::Predicate::Order;
  using To = model::CheckExpression::Order;
  switch (order) {
    case From::above: return To::above;
    case From::below: return To::below;
    case From::before: return To::before;
    case From::after: return To::after;
    case From::at_most: return To::at_most;
    case From::at_least: return To::at_least;
    case From::exactly: break;
  }
  return To::exactly;
}

std::string_view first_word(std::string_view path) { return path.substr(0, path.find('.')); }

}  // namespace

void CheckReader::complain(Span span, diag::Text said, diag::Text help) {
  auto diagnostic = diag::make(diag::Code::bad_attribute, span, std::move(said));
  diagnostic.help = std::move(help);
  complain(std::move(diagnostic));
}

std::string CheckReader::text_at(Span span) const { return std::string{resolution_.sources.text(span)}; }

void CheckReader::complain(diag::Diagnostic diagnostic) {
  failed_ = true;
  resolution_.sink.report(std::move(diagnostic));
}

const std::pair<std::string, std::string>* CheckReader::find_variable(std::string_view name,
                                                                      std::uint32_t& number) const {
  for (std::size_t i = variables_.size(); i-- > 0;) {
    number = static_cast<std::uint32_t>(i);
    if (variables_[i].first == name && std::find(hidden_.begin(), hidden_.end(), number) == hidden_.end())
      return &variables_[i];
  }
  return nullptr;
}

model::CheckRange CheckReader::read(const syntax::CheckRange& range) {
  const auto& known = thing_kinds();
  model::CheckRange made;
  made.kind = range.kind.text;
  if (std::find(known.begin(), known.end(), range.kind.text) == known.end()) {
    auto finding =
        diag::make(diag::Code::unknown_name, range.kind.span, message::unknown_thing("kind of thing", range.kind.text));
    if (const auto nearest = base::find_nearest(range.kind.text, known)) {
      finding.fixes.push_back(did_you_mean_word(range.kind.span, *nearest));
    } else {
      finding.help = message::there_is({known.begin(), known.end()});
    }
    complain(std::move(finding));
    made.kind.clear();
  }
  std::uint32_t other = 0;
  const std::string& name = range.variable.text;
  if (find_variable(name, other) != nullptr || name == "policy" || name == "today" || name == "new_year") {
    complain(diag::make(diag::Code::duplicate_name, range.variable.span, message::means_something_else(name)));
  } else if (name.find('.') != std::string::npos) {
    complain(range.variable.span, message::has_a_dot(name));
  }
  made.variable = static_cast<std::uint32_t>(variables_.size());
  variables_.emplace_back(name, made.kind);
  if (range.filter) made.filter.push_back(read(*range.filter));
  return made;
}

model::CheckExpression CheckReader::read(const syntax::Predicate& predicate) {
  using Written = syntax::Predicate::Kind;
  model::CheckExpression made;
  switch (predicate.kind) {
    case Written::all_of:
    case Written::any_of:
    case Written::negation:
      made.form = predicate.kind == Written::all_of   ? Form::all_of
                  : predicate.kind == Written::any_of ? Form::any_of
                                                      : Form::negation;
      for (const syntax::Predicate& child : predicate.children) made.children.push_back(read(child));
      return made;
    case Written::quantifier:
      made.form = Form::some;
      made.range.push_back(read(predicate.range.front()));
      hide(made.range.front().variable);
      return predicate.negated ? negate(std::move(made)) : made;
    case Written::count: {
      made.form = Form::count;
      // `count metadata m.item`: not the things but what they say, each once.
      syntax::CheckRange range = predicate.range.front();
      const syntax::Name path = range.variable;
      range.variable.text.resize(first_word(path.text).size());
      range.variable.span.end = range.variable.span.begin + static_cast<std::uint32_t>(range.variable.text.size());
      made.range.push_back(read(range));
      if (path.text.size() > range.variable.text.size()) made.terms.push_back(read_path(path).term);
      hide(made.range.front().variable);
      made.order = order_of(predicate.order);
      const std::string& bound = predicate.bound->text;
      const auto end = bound.data() + bound.size();
      if (std::from_chars(bound.data(), end, made.bound).ptr != end)
        complain(predicate.bound->span, message::no_number_to_count_to(bound));
      if (made.order == model::CheckExpression::Order::before || made.order == model::CheckExpression::Order::after)
        complain(predicate.span, message::count_is_above());
      return predicate.negated ? negate(std::move(made)) : made;
    }
    case Written::truth: return read_truth(predicate);
    case Written::equal: return read_equal(predicate);
    case Written::absent: {
      Typed left = read_term(predicate.terms.front());
      if (left.known && left.derived && left.type.type == Type::yes_no)
        complain(predicate.span, message::yes_no_never_none(), message::yes_no_help());
      // Left out is an answer here, and not a no.
      left.term.yes_no = false;
      made.form = Form::absent;
      made.terms.push_back(std::move(left.term));
      return predicate.negated ? negate(std::move(made)) : made;
    }
    case Written::order: return read_order(predicate);
  }
  return made;
}

model::CheckExpression CheckReader::read_truth(const syntax::Predicate& predicate) {
  const syntax::CheckTerm& term = predicate.terms.front();
  if (term.first.call && !term.anchor) return read_call(term.first);
  Typed typed = read_term(term);
  if (typed.known && typed.type.type != Type::yes_no) {
    complain(predicate.span, message::neither_holds(text_at(predicate.span), in_words(typed.type)),
             message::compare_it());
  }
  model::CheckExpression made;
  made.form = Form::truth;
  made.terms.push_back(std::move(typed.term));
  return made;
}

model::CheckExpression CheckReader::read_equal(const syntax::Predicate& predicate) {
  Typed left = read_term(predicate.terms.front());
  model::CheckExpression any;
  any.form = Form::any_of;
  model::CheckTerm constants;
  constants.form = model::CheckTerm::Form::constants;
  const auto equal = [&](model::CheckTerm right) {
    model::CheckExpression made;
    made.form = Form::equal;
    made.terms = {left.term, std::move(right)};
    any.children.push_back(std::move(made));
  };
  for (const syntax::CheckAtom& value : predicate.values) {
    Typed right = read_atom(value, left.known ? &left.type : nullptr);
    if (!left.known || !right.known) continue;
    if (!fit(left.type, right.type)) {
      complain(value.span, message::never_the_same(text_at(predicate.terms.front().span), in_words(left.type),
                                                   text_at(value.span), in_words(right.type)));
      continue;
    }
    if (right.term.form == model::CheckTerm::Form::constants)
      constants.values.insert(constants.values.end(), right.term.values.begin(), right.term.values.end());
    else
      equal(std::move(right.term));
  }
  if (!constants.values.empty()) equal(std::move(constants));
  model::CheckExpression made = any.children.size() == 1 ? std::move(any.children.front()) : std::move(any);
  return predicate.negated ? negate(std::move(made)) : made;
}

model::CheckExpression CheckReader::read_order(const syntax::Predicate& predicate) {
  using Order = model::CheckExpression::Order;
  model::CheckExpression made;
  made.form = Form::order;
  made.order = order_of(predicate.order);
  Typed left = read_term(predicate.terms.front());
  const syntax::CheckTerm& written = predicate.terms.back();
  Typed right = written.anchor ? read_term(written) : read_atom(written.first, left.known ? &left.type : nullptr);
  if (left.known && right.known) {
    const bool of_dates = made.order == Order::before || made.order == Order::after;
    const bool dates = left.type.type == Type::date;
    const bool ordered =
        dates || left.type.type == Type::number || left.type.type == Type::duration || is_tier(left.type);
    if (!ordered) {
      complain(predicate.terms.front().span,
               message::has_no_order(text_at(predicate.terms.front().span), in_words(left.type)));
    } else if (!fit(left.type, right.type)) {
      complain(written.span, message::thing_is_not(text_at(written.span), in_words(right.type), in_words(left.type)));
    } else if (of_dates != dates) {
      complain(predicate.span, dates ? message::date_is_before() : message::only_dates_are_before(),
               dates ? message::date_help() : message::order_help());
    }
  }
  made.terms = {std::move(left.term), std::move(right.term)};
  return predicate.negated ? negate(std::move(made)) : made;
}

// --- Terms ---

bool CheckReader::fit(const AttributeSchema& a, const AttributeSchema& b) {
  if (is_thing(a) && is_thing(b)) {
    const Kinds both = a.wanted.kinds & b.wanted.kinds;
    return both != 0 && (both != kinds(Kind::fact) || a.wanted.fact_kind == b.wanted.fact_kind);
  }
  if (is_text(a)) return is_text(b) || b.type == Type::name_or_string;
  if (is_text(b)) return a.type == Type::name_or_string;
  return a.type == b.type;
}

bool CheckReader::is_path(std::string_view name) const {
  std::uint32_t number = 0;
  const std::string_view first = first_word(name);
  return find_variable(first, number) != nullptr || (first == "policy" && first.size() < name.size());
}

CheckReader::Typed CheckReader::read_path(const syntax::Name& path) {
  Typed made;
  const std::string_view text = path.text;
  const std::string_view first = first_word(text);
  std::vector<std::string_view> kinds;
  made.term.form = model::CheckTerm::Form::path;
  if (const auto* variable = find_variable(first, made.term.variable)) {
    if (variable->second.empty()) return made;  // its kind was reported
    kinds.push_back(variable->second);
    made.kind = variable->second;
    made.type = name("", wanted_of(variable->second));
  } else {
    made.term.variable = UINT32_MAX;  // the policy
    kinds.push_back("policy");
  }
  for (std::size_t at = first.size(); at < text.size();) {
    const std::size_t end = std::min(text.find('.', at + 1), text.size());
    const std::string_view key = text.substr(at + 1, end - at - 1);
    const Span span{path.span.source, path.span.begin + static_cast<std::uint32_t>(at + 1),
                    path.span.begin + static_cast<std::uint32_t>(end)};
    at = end;
    if (kinds.empty()) {
      complain(span, message::has_no_attributes(std::string{text.substr(0, at - key.size() - 1)}, in_words(made.type)));
      return made;
    }
    std::optional<AttributeSchema> found;
    std::vector<std::string_view> known;
    for (const std::string_view kind : kinds) {
      if (!found) found = attribute_of(kind, key);
      for (const std::string_view each : attributes_of(kind)) known.push_back(each);
    }
    if (!found) {
      auto finding = diag::make(diag::Code::bad_attribute, span,
                                message::no_attribute_of(std::string{key}, std::string{kinds.front()}));
      if (const auto nearest = base::find_nearest(key, known)) {
        finding.fixes.push_back(did_you_mean_word(span, *nearest));
      } else {
        finding.help = message::kind_has(std::string{kinds.front()}, {known.begin(), known.end()});
      }
      complain(std::move(finding));
      return made;
    }
    made.type = *found;
    made.derived = is_derived(kinds.front(), key);
    made.kind = {};
    made.term.keys.emplace_back(key);
    kinds = is_thing(*found) ? kinds_of(found->wanted) : std::vector<std::string_view>{};
  }
  made.term.yes_no = made.type.type == Type::yes_no;
  made.known = true;
  return made;
}

CheckReader::Typed CheckReader::read_term(const syntax::CheckTerm& term) {
  if (!term.anchor) return read_atom(term.first, nullptr);
  Typed length = read_atom(term.first, &a_duration);
  Typed day = read_atom(*term.anchor, &a_date);
  if (length.known && length.type.type != Type::duration)
    complain(term.first.span, message::duration_before(term.after ? "after" : "before", in_words(length.type)));
  if (day.known && day.type.type != Type::date)
    complain(term.anchor->span, message::date_behind(term.after ? "after" : "before", in_words(day.type)));
  Typed made;
  made.known = length.known && day.known;
  made.type = a_date;
  made.term.form = model::CheckTerm::Form::shifted;
  made.term.after = term.after;
  made.term.parts = {std::move(length.term), std::move(day.term)};
  return made;
}

// `wanted` is the type of what it is compared with: by it a bare word is read.
CheckReader::Typed CheckReader::read_atom(const syntax::CheckAtom& atom, const AttributeSchema* wanted) {
  Typed made;
  made.known = true;
  made.term.form = model::CheckTerm::Form::constants;
  if (atom.call) {
    complain(atom.span, message::question_compared());
    return {};
  }
  if (const auto* number = std::get_if<syntax::Number>(&atom.value)) {
    made.type = a_number;
    made.term.values.emplace_back(model::Number{number->text});
  } else if (const auto* day = std::get_if<syntax::DateLiteral>(&atom.value)) {
    made.type = a_date;
    made.term.values.emplace_back(day->date);
  } else if (const auto* length = std::get_if<syntax::DurationLiteral>(&atom.value)) {
    made.type = a_duration;
    made.term.values.emplace_back(length->duration);
  } else if (const auto* string = std::get_if<syntax::String>(&atom.value)) {
    made.type = a_text;
    made.term.values.emplace_back(string->text);
  } else {
    const auto& name = std::get<syntax::Name>(atom.value);
    if (is_path(name.text)) return read_path(name);
    if (name.text == "today" || name.text == "new_year") {
      made.type = a_date;
      made.term.form = name.text == "today" ? model::CheckTerm::Form::today : model::CheckTerm::Form::new_year;
      return made;
    }
    if (wanted != nullptr) return read_constant(name, *wanted);
    std::vector<std::string_view> known = {"today", "new_year"};
    for (const auto& [variable, kind] : variables_) known.push_back(variable);
    auto finding = diag::make(diag::Code::unknown_name, name.span,
                              message::unknown_thing("variable", std::string{first_word(name.text)}));
    if (const auto nearest = base::find_nearest(first_word(name.text), known)) {
      const auto end = name.span.begin + static_cast<std::uint32_t>(first_word(name.text).size());
      finding.fixes.push_back(did_you_mean_word({name.span.source, name.span.begin, end}, *nearest));
    } else {
      finding.help = message::variable_help();
    }
    complain(std::move(finding));
    return {};
  }
  return made;
}

CheckReader::Typed CheckReader::read_constant(const syntax::Name& name, const AttributeSchema& wanted) {
  Typed made;
  made.term.form = model::CheckTerm::Form::constants;
  made.type = wanted;
  made.known = true;
  if (wanted.type == Type::word) {
    if (std::find(wanted.words.begin(), wanted.words.end(), name.text) != wanted.words.end()) {
      made.term.values.emplace_back(model::Word{name.text});
      return made;
    }
    read_word_list(name, wanted, made.term);
    made.known = !made.term.values.empty();
    return made;
  }
  if (wanted.type == Type::yes_no && (name.text == "yes" || name.text == "no")) {
    made.term.values.emplace_back(name.text == "yes");
    return made;
  }
  if (is_thing(wanted)) {
    const Symbol* symbol = resolution_.names.find(name.text);
    const bool fits = symbol != nullptr && (kinds(symbol->kind) & wanted.wanted.kinds) != 0;
    if (fits) resolution_.names.keep_use(name, *symbol);
    if (!fits && !pack_) {
      failed_ = true;
      resolution_.names.report_unresolved(name, wanted.wanted);
    }
    made.term.values.emplace_back(model::Reference{name.text});
    return made;
  }
  if (auto limit = read_limit(name)) return std::move(*limit);
  complain(name.span, message::no_attribute_but(name.text, in_words(wanted)),
           is_text(wanted) ? message::text_in_quotes_help() : diag::Text{});
  return {};
}

std::optional<CheckReader::Typed> CheckReader::read_limit(const syntax::Name& name) {
  const auto found = words_.find(name.text);
  if (found == words_.end() || !found->second->limit || found->second->values.empty()) return std::nullopt;
  used_.insert(found->first);
  syntax::CheckAtom literal;
  literal.value = found->second->values.front();
  literal.span = name.span;
  return read_atom(literal, nullptr);
}

std::vector<std::string> CheckReader::settings() const { return {used_.begin(), used_.end()}; }

void CheckReader::read_word_list(const syntax::Name& name, const AttributeSchema& wanted, model::CheckTerm& term) {
  const auto found = words_.find(name.text);
  if (found == words_.end() || found->second->limit) {
    std::vector<std::string_view> known(wanted.words.begin(), wanted.words.end());
    for (const auto& [list, statement] : words_) known.push_back(list);
    auto finding =
        diag::make(diag::Code::bad_attribute, name.span, message::has_no_value(std::string{wanted.key}, name.text));
    if (const auto nearest = base::find_nearest(name.text, known)) {
      finding.fixes.push_back(did_you_mean_word(name.span, *nearest));
    } else {
      finding.help = message::key_is(std::string{wanted.key}, in_words(wanted));
    }
    return complain(std::move(finding));
  }
  used_.insert(found->first);
  for (const syntax::Value& value : found->second->values) {
    if (!std::holds_alternative<syntax::Name>(value)) continue;  // reported where it stands
    const auto& word = std::get<syntax::Name>(value);
    if (std::find(wanted.words.begin(), wanted.words.end(), word.text) == wanted.words.end()) {
      auto finding =
          diag::make(diag::Code::bad_attribute, word.span, message::has_no_value(std::string{wanted.key}, word.text));
      finding.labels.push_back({name.span, message::the_list_is_used_here()});
      if (const auto nearest = base::find_nearest(word.text, wanted.words))
        finding.fixes.push_back(did_you_mean_word(word.span, *nearest));
      complain(std::move(finding));
    }
    term.values.emplace_back(model::Word{word.text});
  }
}

// --- The decided function ---

model::CheckTerm CheckReader::read_argument(const syntax::Name& argument, std::span<const std::string_view> kinds) {
  Wanted wanted;
  for (const std::string_view kind : kinds) wanted.kinds |= wanted_of(kind).kinds;
  wanted.noun = kinds.size() == 1 ? wanted_of(kinds.front()).noun : "object";
  if (is_path(argument.text)) {
    Typed path = read_path(argument);
    const bool fits = is_thing(path.type) && (path.type.wanted.kinds & wanted.kinds) != 0;
    if (path.known && !fits)
      complain(argument.span,
               message::thing_is_not(argument.text, in_words(path.type), message::a_kind(std::string{wanted.noun})));
    return std::move(path.term);
  }
  return read_constant(argument, name("", wanted)).term;
}

model::CheckExpression CheckReader::read_call(const syntax::CheckAtom& call) {
  const auto& name = std::get<syntax::Name>(call.value);
  model::CheckExpression made;
  if (std::find(std::begin(questions), std::end(questions), name.text) == std::end(questions)) {
    auto finding = diag::make(diag::Code::unknown_name, name.span, message::unknown_thing("question", name.text));
    if (const auto nearest = base::find_nearest(name.text, questions)) {
      finding.fixes.push_back(did_you_mean_word(name.span, *nearest));
    } else {
      finding.help = message::questions_help();
    }
    complain(std::move(finding));
    return made;
  }
  if (name.text == "mentions") return read_mentions(call);
  asks_decisions_ = true;
  if (name.text == "open_to_all") return read_open_to_all(call);
  made.form = name.text == "allows" ? Form::allows : name.text == "requires" ? Form::requires_ : Form::always_allows;
  const std::size_t count = call.arguments.size();
  const bool right = made.form == Form::requires_ ? count == 3 || count == 4 : count == 2 || count == 3;
  if (!right) {
    complain(call.span,
             made.form == Form::requires_ ? message::requires_asks_for() : message::question_asks_for(name.text));
    return made;
  }
  made.terms.push_back(read_argument(call.arguments[0], role_kinds));
  made.terms.push_back(read_argument(call.arguments[1], feature_kinds));
  const std::size_t objects = made.form == Form::requires_ ? count - 1 : count;
  if (objects > 2) made.terms.push_back(read_argument(call.arguments[2], object_kinds));
  if (made.form == Form::requires_) made.terms.push_back(read_argument(call.arguments.back(), control_kinds));
  return made;
}

// `open_to_all(f, d)`: a feature, and perhaps an object.
model::CheckExpression CheckReader::read_open_to_all(const syntax::CheckAtom& call) {
  model::CheckExpression made;
  made.form = Form::open_to_all;
  if (call.arguments.empty() || call.arguments.size() > 2) {
    complain(call.span, message::open_to_all_asks_for());
    return made;
  }
  made.terms.push_back(read_argument(call.arguments.front(), feature_kinds));
  if (call.arguments.size() > 1) made.terms.push_back(read_argument(call.arguments.back(), object_kinds));
  return made;
}

// `mentions(d.purpose, marketing)`: a text, and a word or a list of words.
model::CheckExpression CheckReader::read_mentions(const syntax::CheckAtom& call) {
  model::CheckExpression made;
  made.form = Form::mentions;
  if (call.arguments.size() != 2 || !is_path(call.arguments.front().text)) {
    complain(call.span, message::mentions_asks_for());
    return made;
  }
  const Typed path = read_path(call.arguments.front());
  if (path.known && !is_text(path.type))
    complain(call.arguments.front().span,
             message::thing_is_not(call.arguments.front().text, in_words(path.type), in_words(a_text)));
  made.terms.push_back(path.term);
  model::CheckTerm& words = made.terms.emplace_back();
  words.form = model::CheckTerm::Form::constants;
  const syntax::Name& name = call.arguments.back();
  const auto list = words_.find(name.text);
  if (list == words_.end()) {
    words.values.emplace_back(model::Word{name.text});
    return made;
  }
  used_.insert(list->first);
  for (const syntax::Value& value : list->second->values) {
    if (const auto* word = std::get_if<syntax::Name>(&value)) words.values.emplace_back(model::Word{word->text});
  }
  return made;
}

// --- Texts ---

void CheckReader::check_text(std::string_view text, Span span) {
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    const std::string_view path = text.substr(open + 1, close == std::string_view::npos ? 0 : close - open - 1);
    if (!model::is_placeholder(path)) continue;
    if (!is_path(path)) {
      complain(span, message::names_nothing(std::string{path}), message::braces_help());
      return;
    }
    // Where the text was written with escapes, all of it is shown.
    const std::size_t place = resolution_.sources.text(span).find("{" + std::string{path} + "}");
    syntax::Name name{std::string(path), span};
    if (place != std::string_view::npos) {
      name.span.begin = span.begin + static_cast<std::uint32_t>(place) + 1;
      name.span.end = name.span.begin + static_cast<std::uint32_t>(path.size());
    }
    const std::size_t before = resolution_.sink.errors();
    const Typed typed = read_path(name);
    if (!typed.known && resolution_.sink.errors() == before) failed_ = true;
  }
}

}  // namespace farol::sema
