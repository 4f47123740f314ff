// The answers of `who` and `what` as text.
#include "document/words.h"
#include "query/fields.h"
#include "query/listing.h"

namespace farol::query {
namespace {

using base::Phrase;

class ListingRenderer {
 public:
  ListingRenderer(const Listing& listing, const model::Model& model, const source::SourceMap& sources,
                  const ListingOptions& options)
      : listing_(listing),
        model_(model),
        sources_(sources),
        words_(model, options.language),
        out_(options.color,
             {words_.text(Phrase::field_on), words_.text(Phrase::field_when), words_.text(Phrase::field_requires),
              words_.text(Phrase::field_until), words_.text(Phrase::field_rule)}) {}

  std::string run(base::Date as_of) {
    out_.bold(question());
    out_.line(words_(Phrase::as_of, {base::to_string(as_of)}));
    if (listing_.grants.empty()) {
      out_.line();
      out_.line(words_.text(listing_.feature ? Phrase::nobody : Phrase::nothing));
    }
    if (listing_.feature && !model_[*listing_.feature].governed) out_.line(words_.text(Phrase::not_governed));
    std::string last;
    for (const Grant& grant : listing_.grants) {
      const std::string heading = listing_.feature ? role(grant.role) : words_.title_and_name(model_[grant.feature]);
      out_.line();
      if (heading != last) out_.bold(heading);
      last = heading;
      write_grant(grant);
    }
    return out_.take();
  }

 private:
  [[nodiscard]] std::string question() const {
    if (listing_.role) return words_(Phrase::what_may, {role(*listing_.role)});
    const std::string feature = words_.title_and_name(model_[*listing_.feature]);
    if (listing_.object.empty()) return words_(Phrase::who_may, {feature});
    const auto object = model_.find_object(listing_.object);
    return words_(Phrase::who_may_on, {feature, object ? words_.title(model_[*object]) : listing_.object});
  }

  [[nodiscard]] std::string role(model::RoleId role) const { return words_.full_name_of(role); }

  void write_field(Phrase field, std::string_view value) { out_.field(words_.text(field), value); }

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
    for (const model::RuleId rule : answer.rules)
      write_field(Phrase::field_rule, rule_in_full(model_[rule], sources_, words_));
  }

  const Listing& listing_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  document::Words words_;
  Fields out_;
};

}  // namespace

std::string render_text(const Listing& listing, const model::Model& model, const decide::Decisions& decisions,
                        const source::SourceMap& sources, const ListingOptions& options) {
  return ListingRenderer{listing, model, sources, options}.run(decisions.as_of);
}

}  // namespace farol::query
