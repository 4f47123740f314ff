#include "base/workbook.h"

#include <expat.h>
#include <zip.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/csv.h"

namespace farol::base {
namespace {

constexpr std::size_t max_part_bytes = std::size_t{64} << 20;
constexpr std::size_t max_rows = 100'000;

// The files of the archive, one read at a time.
class Archive {
 public:
  explicit Archive(std::string_view bytes) {
    zip_error_t error{};
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) return;
    archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive_) zip_source_free(source);
  }

  [[nodiscard]] bool is_open() const { return archive_ != nullptr; }

  // Of all that is in it.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
      const char* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
      found.emplace_back(name == nullptr ? "" : name);
    }
    return found;
  }
  // Returns nullopt if there is no such file, or one over the bound.
  [[nodiscard]] std::optional<std::string> read(const std::string& name) const {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{zip_fopen(archive_.get(), name.c_str(), 0),
                                                                 zip_fclose};
    if (!file) return std::nullopt;
    std::string text;
    char buffer[65536];
    for (zip_int64_t size = 0; (size = zip_fread(file.get(), buffer, sizeof buffer)) != 0;) {
      if (size < 0 || text.size() + static_cast<std::size_t>(size) > max_part_bytes) return std::nullopt;
      text.append(buffer, static_cast<std::size_t>(size));
    }
    return text;
  }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  std::unique_ptr<zip_t, Discard> archive_;
};

using Attributes = std::map<std::string, std::string, std::less<>>;

// What a reader of XML is told: the names are without the prefixes of namespaces.
struct XmlEvents {
  std::function<void(std::string_view name, const Attributes&)> open;
  std::function<void(std::string_view name)> close;
  std::function<void(std::string_view text)> text;
};

std::string_view without_prefix(std::string_view name) {
  return name.substr(name.rfind(':') == std::string_view::npos ? 0 : name.rfind(':') + 1);
}

bool read_xml(const std::string& xml, XmlEvents& events) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser{XML_ParserCreate(nullptr), XML_ParserFree};
  if (!parser) return false;
  struct Run {
    XML_Parser parser;
    XmlEvents& events;
  } run{parser.get(), events};
  XML_SetUserData(parser.get(), &run);
  XML_SetElementHandler(
      parser.get(),
      [](void* data, const XML_Char* name, const XML_Char** pairs) {
        Attributes attributes;
        for (std::size_t i = 0; pairs[i] != nullptr; i += 2) attributes.emplace(without_prefix(pairs[i]), pairs[i + 1]);
        static_cast<Run*>(data)->events.open(without_prefix(name), attributes);
      },
      [](void* data, const XML_Char* name) { static_cast<Run*>(data)->events.close(without_prefix(name)); });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* text, int size) {
    static_cast<Run*>(data)->events.text({text, static_cast<std::size_t>(size)});
  });
  // No part of a workbook declares entities; what does is made to grow.
  XML_SetStartDoctypeDeclHandler(parser.get(), [](void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    XML_StopParser(static_cast<Run*>(data)->parser, XML_FALSE);
  });
  return XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1) == XML_STATUS_OK;
}

const std::string& value_of(const Attributes& attributes, std::string_view key) {
  static const std::string none;
  const auto found = attributes.find(key);
  return found == attributes.end() ? none : found->second;
}

// `B3` is column 1 and row 3.
std::optional<std::pair<std::size_t, std::size_t>> place_of(const std::string& reference) {
  std::size_t column = 0, at = 0, row = 0;
  constexpr std::size_t letters = 26, digits = 10;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at)
    column = std::min<std::size_t>(column * letters + static_cast<std::size_t>(reference[at] - 'A') + 1,
                                   max_csv_columns + 1);
  for (; at < reference.size() && reference[at] >= '0' && reference[at] <= '9'; ++at)
    row = std::min(row * digits + static_cast<std::size_t>(reference[at] - '0'), max_rows + 1);
  if (column == 0 || row == 0 || at != reference.size()) return std::nullopt;
  return std::pair(column - 1, row);
}

// The texts that cells refer to by number. How a word is pronounced (`rPh`) is no part of it.
bool read_shared_texts(const std::string& xml, std::vector<std::string>& texts) {
  bool in_text = false, in_phonetic = false;
  XmlEvents events{[&](std::string_view name, const Attributes&) {
                     if (name == "si") texts.emplace_back();
                     if (name == "rPh") in_phonetic = true;
                     in_text = name == "t" && !in_phonetic;
                   },
                   [&](std::string_view name) {
                     if (name == "rPh") in_phonetic = false;
                     if (name == "t") in_text = false;
                   },
                   [&](std::string_view text) {
                     if (in_text && !texts.empty()) texts.back() += text;
                   }};
  return read_xml(xml, events);
}

class SheetReader {
 public:
  explicit SheetReader(const std::vector<std::string>& shared) : shared_(shared) {}

  // Returns what is wrong.
  std::optional<std::string> read(const std::string& xml) {
    XmlEvents events{[&](std::string_view name, const Attributes& attributes) { open(name, attributes); },
                     [&](std::string_view name) { close(name); },
                     [&](std::string_view text) {
                       if (in_value_) value_ += text;
                     }};
    if (!read_xml(xml, events)) return "its sheet is no XML that can be read";
    if (too_large_) return "it has more than 1000 columns or 100,000 rows";
    return std::nullopt;
  }

  [[nodiscard]] std::string csv() const {
    CsvWriter writer;
    const std::size_t last = rows_.empty() ? 0 : rows_.rbegin()->first;
    for (std::size_t row = 1; row <= last; ++row) {
      const auto found = rows_.find(row);
      if (found != rows_.end()) {
        for (const std::string& cell : found->second) writer.cell(cell);
      }
      writer.end_row();
    }
    return writer.take();
  }

 private:
  void open(std::string_view name, const Attributes& attributes) {
    if (name == "c") {
      place_ = place_of(value_of(attributes, "r"));
      type_ = value_of(attributes, "t");
      value_.clear();
    }
    if (name == "rPh") in_phonetic_ = true;
    in_value_ = name == "v" || (name == "t" && !in_phonetic_);
  }

  void close(std::string_view name) {
    if (name == "rPh") in_phonetic_ = false;
    if (name == "v" || name == "t") in_value_ = false;
    if (name != "c" || !place_ || value_.empty()) return;
    if (place_->first >= max_csv_columns || place_->second > max_rows) {
      too_large_ = true;
      return;
    }
    auto& cells = rows_[place_->second];
    if (cells.size() <= place_->first) cells.resize(place_->first + 1);
    cells[place_->first] = shown();
  }

  [[nodiscard]] std::string shown() const {
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (type_ != "s") return value_;
    std::size_t number = 0;
    for (const char c : value_) {
      if (c < '0' || c > '9') return {};
      number = std::min(number * 10 + static_cast<std::size_t>(c - '0'), shared_.size());
    }
    return number < shared_.size() ? shared_[number] : std::string{};
  }

  const std::vector<std::string>& shared_;
  std::map<std::size_t, std::vector<std::string>> rows_;
  std::optional<std::pair<std::size_t, std::size_t>> place_;
  std::string type_, value_;
  bool in_value_ = false, in_phonetic_ = false, too_large_ = false;
};

// The sheets that are shown, in the order of their tabs: name, and the id of the relation.
std::vector<std::pair<std::string, std::string>> sheets_of(const std::string& workbook) {
  std::vector<std::pair<std::string, std::string>> sheets;
  XmlEvents events{[&](std::string_view name, const Attributes& attributes) {
                     if (name == "sheet" && value_of(attributes, "state").empty())
                       sheets.emplace_back(value_of(attributes, "name"), value_of(attributes, "id"));
                   },
                   [](std::string_view) {}, [](std::string_view) {}};
  return read_xml(workbook, events) ? sheets : std::vector<std::pair<std::string, std::string>>{};
}

std::string target_of(const std::string& relations, const std::string& id) {
  std::string target;
  XmlEvents events{[&](std::string_view name, const Attributes& attributes) {
                     if (name == "Relationship" && value_of(attributes, "Id") == id)
                       target = value_of(attributes, "Target");
                   },
                   [](std::string_view) {}, [](std::string_view) {}};
  static_cast<void>(read_xml(relations, events));
  if (target.starts_with('/')) return target.substr(1);
  return target.empty() ? target : "xl/" + target;
}

}  // namespace

bool looks_like_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

std::variant<Sheet, std::string> read_workbook(std::string_view bytes) {
  const Archive archive(bytes);
  const auto workbook = archive.is_open() ? archive.read("xl/workbook.xml") : std::nullopt;
  const auto relations = workbook ? archive.read("xl/_rels/workbook.xml.rels") : std::nullopt;
  if (!relations) return "it is no workbook of Excel (.xlsx)";
  const auto sheets = sheets_of(*workbook);
  if (sheets.empty()) return "the workbook has no sheet";
  const auto xml = archive.read(target_of(*relations, sheets.front().second));
  if (!xml) return "the first sheet of the workbook cannot be read, or has more than 64 MiB";
  std::vector<std::string> shared;
  if (const auto texts = archive.read("xl/sharedStrings.xml"); texts && !read_shared_texts(*texts, shared))
    return "the texts of the workbook are no XML that can be read";
  SheetReader reader(shared);
  if (auto problem = reader.read(*xml)) return std::move(*problem);
  Sheet sheet{reader.csv(), {}};
  for (std::size_t i = 1; i < sheets.size(); ++i) sheet.other_sheets.push_back(sheets[i].first);
  return sheet;
}

bool is_whole_workbook(std::string_view bytes) {
  const Archive archive(bytes);
  if (!archive.is_open()) return false;
  XmlEvents nothing{[](std::string_view, const Attributes&) {}, [](std::string_view) {}, [](std::string_view) {}};
  const std::vector<std::string> names = archive.names();
  return !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto part = archive.read(name);
    return part && read_xml(*part, nothing);
  });
}

}  // namespace farol::base
