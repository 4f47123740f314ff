// The answers of `who` and `what` as text.
#include <algorithm>

#include "base/text.h"
#include "matrix/listing.h"
#include "matrix/words.h"

namespace farol::matrix {
namespace {

using base::Phrase;

class ListingRenderer {
 public:
  ListingRenderer(const Listing& listing, const model::Model& model, const source::SourceMap& sources,
                  const ListingOptions& options)
      : listing_(listing), model_(model), sources_(sources), words_(model, options.language), color_(options.color) {
    for (const Phrase field :
         {Phrase::field_on, Phrase::field_when, Phrase::field_requires, Phrase::field_until, Phrase::field_rule}) {
      field_width_ = std::max(field_width_, base::display_width(words_.text(field)));
    }
  }

  std::string run(base::Date as_of) {
    write_bold(question());
    out_ += words_.fill(Phrase::as_of, {base::to_string(as_of)}) + '\n';
    if (listing_.grants.empty())
      out_ += '\n' + std::string{words_.text(listing_.feature ? Phrase::nobody : Phrase::nothing)} + '\n';
    if (listing_.feature && !model_[*listing_.feature].governed)
      out_ += std::string{words_.text(Phrase::not_governed)} + '\n';
    std::string last;
    for (const Grant& grant : listing_.grants) {
      const std::string heading = listing_.feature ? role(grant.role) : words_.title_and_name(model_[grant.feature]);
      out_ += '\n';
      if (heading != last) write_bold(heading);
      last = heading;
      write_grant(grant);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string question() const {
    if (listing_.role) return words_.fill(Phrase::what_may, {role(*listing_.role)});
    const std::string feature = words_.title_and_name(model_[*listing_.feature]);
    if (listing_.object.empty()) return words_.fill(Phrase::who_may, {feature});
    const auto object = model_.find_object(listing_.object);
    return words_.fill(Phrase::who_may_on, {feature, object ? words_.title(model_[*object]) : listing_.object});
  }

  [[nodiscard]] std::string role(model::RoleId role) const {
    return role == model_.nobody() ? std::string{words_.text(Phrase::whoever_holds_none)}
                                   : words_.title_and_name(model_[role]);
  }

  void write_bold(std::string_view text) {
    if (color_) out_ += "\x1b[1m";
    out_ += text;
    if (color_) out_ += "\x1b[0m";
    out_ += '\n';
  }

  void write_field(Phrase field, std::string_view value) {
    const std::string_view name = words_.text(field);
    out_ += "  ";
    out_ += name;
    out_.append(field_width_ - base::display_width(name) + 2, ' ');
    out_ += value;
    out_ += '\n';
  }

  // A feature that acts on nothing has no "on".
  void write_grant(const Grant& grant) {
    const Answer& answer = grant.answer;
    const model::ActsOn kind = model_[grant.feature].acts_on;
    if (kind != model::ActsOn::nothing) {
      const std::string objects = words_.objects(answer.objects, kind);
      write_field(Phrase::field_on, objects.empty() ? words_.text(Phrase::everything) : objects);
    }
    const std::string condition = words_.condition(answer.when);
    write_field(Phrase::field_when, condition.empty() ? words_.text(Phrase::always) : condition);
    if (!answer.controls.empty()) write_field(Phrase::field_requires, words_.controls(answer.controls));
    if (answer.expires) write_field(Phrase::field_until, base::to_string(*answer.expires));
    for (const model::RuleId rule : answer.rules) write_rule(model_[rule]);
  }

  // `minutes, rules.farol:24, “Board meetings are minuted”`
  void write_rule(const model::Rule& rule) {
    std::vector<std::string> parts{words_.rule(rule)};
    if (const source::Span place = rule.spans.statement; !place.is_none()) {
      parts.push_back(sources_.name(place.source) + ":" +
                      std::to_string(sources_.position(place.source, place.begin).line));
    }
    if (!rule.because.empty()) parts.push_back(words_.fill(Phrase::quoted, {rule.because.in(words_.language())}));
    write_field(Phrase::field_rule, words_.join(parts, Phrase::list_semicolon));
  }

  const Listing& listing_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  Words words_;
  bool color_;
  std::size_t field_width_ = 0;
  std::string out_;
};

}  // namespace

std::string render_text(const Listing& listing, const model::Model& model, const analysis::Decisions& decisions,
                        const source::SourceMap& sources, const ListingOptions& options) {
  return ListingRenderer{listing, model, sources, options}.run(decisions.as_of);
}

}  // namespace farol::matrix
