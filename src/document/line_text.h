// The words of lines and cells without their looks, for the forms that have none. For the .cpp files of this folder.
#pragma once

#include <string>
#include <vector>

#include "document/document.h"

namespace farol::document {

// `¹²` of 12; empty of 0.
[[nodiscard]] std::string superscript(std::size_t number);

// The runs one after the other, without the mark and the note. An address follows its text in brackets.
[[nodiscard]] std::string words_of(const Line& line);

// Returns true if the line holds the technical name beside a title, and nothing else.
[[nodiscard]] bool is_name(const Line& line);

// Returns true if no column has a heading.
[[nodiscard]] bool is_headless(const Table& table);

// Returns true if the table counts and the row has words instead: in its second cell, which all others are left to.
[[nodiscard]] bool is_in_words(const Table& table, const std::vector<Cell>& row);

// The tables of a document in order, those of inner sections included; and its notes, null if it has none.
[[nodiscard]] std::vector<const Table*> tables_of(const Document& document);
[[nodiscard]] const List* notes_of(const Document& document);

// The table with its rows as columns.
[[nodiscard]] Table turned(const Table& table);

}  // namespace farol::document
