// Who may do what, as a table that can be read, signed and compared: `farol matrix`.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "decide/answers.h"
#include "document/document.h"
#include "model/model.h"
#include "query/rows.h"
#include "source/source_map.h"

namespace farol::query {

// A table of more cells than this is nothing that people read. What it would say is listed by role instead: for all
// roles with the same answers at once, the features about which something else is said than that they are refused by
// default or left to the platform. The cost of a list is that of its answers.
inline constexpr std::size_t most_cells = 50'000;

// Takes the parts of a document one after the other: a list may be too long to be held as a whole.
using TakePart = std::function<void(const document::Document&)>;

// A table for each group of features, with a legend, notes, reasons, and what keeps it.
void matrix_document(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                     const MatrixOptions& options, const TakePart& take);
// What a terminal shows first where the matrix fills many screens: for each group of features and each role, in how
// many of them something is allowed, and up to which tier of data. Nothing where the matrix itself is short.
[[nodiscard]] std::optional<document::Document> matrix_overview(const model::Model& model,
                                                                const decide::Decisions& decisions,
                                                                const decide::Answers& answers,
                                                                const MatrixOptions& options);
// The same as one table for a spreadsheet: a row for each feature, a column for each role, and in the last heading the
// day. Below it stand the statements of the options, some in each row. Parts behind the first one go on with its table.
void matrix_sheet(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                  const MatrixOptions& options, const TakePart& take);
// As a table, however large.
[[nodiscard]] document::Document matrix_sheet(const model::Model& model, const decide::Decisions& decisions,
                                              const decide::Answers& answers, const MatrixOptions& options);
// One table with a row for each role, feature and object, and as many as it has answers: what is so, in which cases,
// with which controls, until when, by which rule and reason, and what keeps it. What no rule speaks of has no row.
[[nodiscard]] document::Document facts_sheet(const model::Model& model, const decide::Decisions& decisions,
                                             const decide::Answers& answers, const MatrixOptions& options);
// The same as a page of HTML that needs nothing else: all languages, filters, and the rules behind every cell. It opens
// in the language of the options.
[[nodiscard]] std::string matrix_page(const model::Model& model, const decide::Decisions& decisions,
                                      const decide::Answers& answers, const source::SourceMap& sources,
                                      const MatrixOptions& options);

}  // namespace farol::query
