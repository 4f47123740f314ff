// Lists of subjects, features and objects as lists of sets: names looked up, named lists put in, `except` carried out.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "sema/resolution.h"
#include "sema/term_table.h"

namespace farol::sema {

using SubjectTable = TermTable<model::SubjectTerm, model::SubjectTermId>;
using FeatureTable = TermTable<model::FeatureTerm, model::FeatureTermId>;
using ObjectTable = TermTable<model::ObjectTerm, model::ObjectTermId>;

// A term by its number in the table of its dimension, and where it was written.
struct PlacedTerm {
  std::uint32_t number = 0;
  Span span;
};
using PlacedTerms = std::vector<PlacedTerm>;

class Lists {
 public:
  // Reads all named lists. Reports those that are empty or defined by themselves.
  [[nodiscard]] static Lists read_named_lists(Resolution& resolution);

  // Into `terms`, which is empty: in the order written, each term once. False: something is wrong, and was reported
  // here or where it was declared.
  [[nodiscard]] bool read_subjects(const syntax::TermList& list, PlacedTerms& terms);
  [[nodiscard]] bool read_features(const syntax::TermList& list, PlacedTerms& terms);
  [[nodiscard]] bool read_objects(const syntax::TermList& list, PlacedTerms& terms);

  SubjectTable subjects;
  FeatureTable features;
  ObjectTable objects;
  bool lacks_objects = false;  // the statement that is read has no `on`, so one may have been forgotten

 private:
  using Named = std::vector<std::optional<PlacedTerms>>;  // by the index of the symbol

  explicit Lists(Resolution& resolution) : resolution_(resolution) {}

  template <class Table>
  void read_named(const Origins<syntax::SetDeclaration>& origins, Kind kind, Table& table, Named& named);
  void keep_named(const Origins<syntax::SetDeclaration>& origins);
  void report_cycle(const Origins<syntax::SetDeclaration>& origins, const std::vector<std::uint32_t>& cycle);
  template <class Table>
  [[nodiscard]] bool read(const syntax::TermList& list, Table& table, PlacedTerms& terms);
  template <class Table>
  [[nodiscard]] bool take_out(const syntax::TermList& list, const PlacedTerms& taken, Table& table, PlacedTerms& terms);

  // Adds what one written term stands for; false: it is wrong, and that was reported.
  bool add(const syntax::Term& term, const SubjectTable&, PlacedTerms& terms);
  bool add(const syntax::Term& term, const FeatureTable&, PlacedTerms& terms);
  bool add(const syntax::Term& term, const ObjectTable&, PlacedTerms& terms);
  bool add_exactly(const syntax::Term& term, PlacedTerms& terms);
  bool add_feature(const syntax::Term& term, PlacedTerms& terms);
  bool add_namespace(const syntax::Term& term, PlacedTerms& terms);
  bool add_object(const syntax::Term& term, PlacedTerms& terms);
  bool add_tiers(const syntax::Term& term, PlacedTerms& terms);
  bool add_named(const std::optional<PlacedTerms>& named, Span span, PlacedTerms& terms);
  void report_misplaced(const syntax::Term& term, diag::Text (*misplaced)(std::string));
  void report_no_namespace(const syntax::Term& term);
  void report_object_among_features(const syntax::Term& term, const Symbol& symbol);

  Resolution& resolution_;
  Named role_lists_, feature_lists_, object_lists_;
  bool too_large_ = false;
  std::size_t terms_ = 0;                 // of all lists so far
  const syntax::Term* before_ = nullptr;  // the term before the one that is read
  bool objects_among_features_ = false;
};

}  // namespace farol::sema
