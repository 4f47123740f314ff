// A tool of the build: writes the C++ file that holds the embedded libraries, each as text and as the tree of it.
//
//   farol_store_libraries OUTPUT --FUNCTION FILE… --FUNCTION FILE… …
//
// FUNCTION is one of those that library/library.h declares. Fails if a file cannot be read or has an error.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>

#include "diag/render.h"
#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/library_versions.h"
#include "syntax/parser.h"
#include "syntax/stored_tree.h"

namespace {

using namespace farol;

// Octal escapes have at most three digits, so no character behind one can become part of it.
void write_literal(std::ostream& out, std::string_view bytes) {
  constexpr std::size_t line = 100;
  for (std::size_t i = 0; i < bytes.size(); i += line) {
    out << "\n    \"";
    for (const char each : bytes.substr(i, line)) {
      const auto byte = static_cast<unsigned char>(each);
      if (byte >= ' ' && byte < 0x7F && each != '"' && each != '\\' && each != '?') {
        out << each;
      } else {
        out << '\\' << static_cast<char>('0' + (byte >> 6U)) << static_cast<char>('0' + ((byte >> 3U) & 7U))
            << static_cast<char>('0' + (byte & 7U));
      }
    }
    out << '"';
  }
  out << "sv";
}

std::string name_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return std::string(path.substr(0, path.find('.')));
}

// Writes one entry of a table; returns false, after a message, if the file is not a library.
bool write_entry(std::ostream& out, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    return false;
  }
  source::SourceMap sources;
  diag::Sink sink;
  const source::SourceId id = sources.add(path, {std::istreambuf_iterator<char>(file), {}}, true);
  const syntax::File tree = syntax::parse(sources, id, sink);
  if (sink.has_errors()) {
    std::fputs(diag::render_text(sources, sink, {}).c_str(), stderr);
    return false;
  }
  const auto versions = syntax::known_versions(tree);
  out << "    {\"" << name_of(path) << "\"sv, \"" << (versions.empty() ? "" : versions.back()) << "\"sv,";
  write_literal(out, sources.text(id));
  out << ',';
  write_literal(out, syntax::store_tree(tree));
  out << "},\n";
  return true;
}

}  // namespace

int main(int count, char** words) {
  std::ofstream out(count > 1 ? words[1] : "", std::ios::binary);
  out << "#include \"library/library.h\"\n\nnamespace farol::library {\n\nusing namespace std::string_view_literals;\n";
  std::string function;
  const auto end_table = [&] {
    if (!function.empty())
      out << "};\nstd::span<const Embedded> " << function << "() { return " << function << "_embedded; }\n";
  };
  for (int i = 2; i < count; ++i) {
    const std::string word = words[i];
    if (word.starts_with("--")) {
      end_table();
      function = word.substr(2);
      out << "\nstatic constexpr Embedded " << function << "_embedded[] = {\n";
    } else if (!write_entry(out, word)) {
      return 1;
    }
  }
  end_table();
  out << "\n}  // namespace farol::library\n";
  return out.flush() ? 0 : 1;
}
