#include "syntax/library_loader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "library/library.h"
#include "syntax/library_versions.h"
#include "syntax/stored_tree.h"

namespace farol::syntax {
namespace {

class LibraryLoader {
 public:
  LibraryLoader(source::SourceMap& sources, diag::Sink& sink) : sources_(sources), sink_(sink) {}

  std::vector<Library> run(const std::vector<File>& files) {
    std::map<std::pair<bool, std::string>, std::vector<const Use*>> uses;  // packs last
    for (const File& file : files) {
      for (const Statement& statement : file.statements) {
        const auto* use = std::get_if<Use>(&statement.node);
        if (use != nullptr) uses[{use->pack, use->name.text}].push_back(use);
      }
    }
    std::vector<Library> libraries;
    for (const auto& [library, each] : uses) {
      if (auto loaded = load(library.second, library.first, each)) libraries.push_back(std::move(*loaded));
    }
    return libraries;
  }

 private:
  std::optional<Library> load(const std::string& name, bool pack, const std::vector<const Use*>& uses) {
    auto library = load_library(name, pack, sources_);
    if (!library) {
      for (const Use* use : uses) report_unknown(*use);
      return std::nullopt;
    }
    const Use* chosen = nullptr;
    library->version = choose_version(name, uses, known_versions(library->file), chosen);
    if (chosen != nullptr) library->pin = chosen->version->span;
    set_later_apart(*library);
    return library;
  }

  // What came with later versions than the one that is used.
  static void set_later_apart(Library& library) {
    std::vector<Statement>& statements = library.file.statements;
    std::vector<bool> is_later;
    for (const Statement& statement : statements) {
      const auto version = version_of(statement, statements);
      is_later.push_back(version && is_older(library.version, *version));
    }
    std::vector<Statement> present;
    for (std::size_t i = 0; i < statements.size(); ++i)
      (is_later[i] ? library.later : present).push_back(std::move(statements[i]));
    statements = std::move(present);
  }

  // The version that is written, where it is known; else the newest, so that names are still found.
  // `chosen` is set to the statement that says so.
  std::string choose_version(const std::string& name, const std::vector<const Use*>& uses,
                             const std::vector<std::string>& versions, const Use*& chosen) {
    const std::string newest = versions.empty() ? "" : versions.back();
    for (const Use* use : uses) {
      if (!use->version) {
        report_unpinned(*use, newest);
      } else if (std::find(versions.begin(), versions.end(), use->version->text) == versions.end() &&
                 !is_month_since(use->version->text, newest)) {
        report_unknown_version(name, *use->version, versions);
      } else if (chosen == nullptr) {
        chosen = use;
      } else if (chosen->version->text != use->version->text) {
        report_two_versions(*chosen, *use);
      }
    }
    return chosen != nullptr ? chosen->version->text : newest;
  }

  // A library stays as it was in the months in which others got something new: all are of one compiler.
  static bool is_month_since(const std::string& version, const std::string& newest) {
    if (newest.empty() || is_older(version, newest)) return false;
    const auto is_of = [&](const library::Embedded& entry) { return entry.newest == version; };
    return std::any_of(library::all().begin(), library::all().end(), is_of) ||
           std::any_of(library::packs().begin(), library::packs().end(), is_of);
  }

  void report_unknown(const Use& use) {
    auto diagnostic = diag::make(diag::Code::unknown_name, use.name.span,
                                 message::unknown_thing(use.pack ? "pack" : "library", use.name.text));
    std::vector<std::string_view> names;
    for (const library::Embedded& entry : use.pack ? library::packs() : library::all()) names.push_back(entry.name);
    if (const auto nearest = base::find_nearest(use.name.text, names)) {
      diagnostic.help = message::did_you_mean(std::string{*nearest});
      diagnostic.fixes.push_back(
          {message::write_name(std::string{*nearest}), {}, {{use.name.span, std::string(*nearest)}}});
    } else {
      diagnostic.help = message::there_is({names.begin(), names.end()});
    }
    sink_.report(std::move(diagnostic));
  }

  void report_unpinned(const Use& use, const std::string& newest) {
    auto diagnostic =
        diag::make(diag::Code::unpinned_library, use.name.span, message::used_without_version(use.name.text, newest));
    diagnostic.help = message::version_keeps_the_meaning();
    const source::Span behind{use.name.span.source, use.name.span.end, use.name.span.end};
    diagnostic.fixes.push_back({message::use_version(newest), {}, {{behind, " " + newest}}});
    sink_.report(std::move(diagnostic));
  }

  void report_unknown_version(const std::string& name, const Number& version,
                              const std::vector<std::string>& versions) {
    auto diagnostic =
        diag::make(diag::Code::unknown_version, version.span, message::has_no_version(name, version.text));
    if (!versions.empty()) {
      constexpr std::size_t most = 5;
      const std::vector<std::string> newest(
          versions.rbegin(), versions.rbegin() + static_cast<std::ptrdiff_t>(std::min(most, versions.size())));
      diagnostic.help = message::newest_is(newest.front());
      for (std::size_t i = 1; i < newest.size(); ++i)
        diagnostic.help = message::before_it(std::move(diagnostic.help), newest[i]);
      diagnostic.fixes.push_back({message::use_version(newest.front()), {}, {{version.span, newest.front()}}});
    }
    sink_.report(std::move(diagnostic));
  }

  void report_two_versions(const Use& first, const Use& second) {
    auto diagnostic =
        diag::make(diag::Code::duplicate_name, second.version->span,
                   message::used_at_two_versions(second.name.text, first.version->text, second.version->text));
    diagnostic.labels.push_back({first.version->span, message::the_other_version()});
    diagnostic.help = message::one_version_of_each_library();
    sink_.report(std::move(diagnostic));
  }

  source::SourceMap& sources_;
  diag::Sink& sink_;
};

}  // namespace

std::optional<Library> load_library(std::string_view name, bool pack, source::SourceMap& sources) {
  const auto entries = pack ? library::packs() : library::all();
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const library::Embedded& entry) { return entry.name == name; });
  if (found == entries.end()) return std::nullopt;
  const std::string folder = pack ? "<pack>/" : "<library>/";
  const source::SourceId id = sources.add(folder + std::string(name) + ".farol", std::string(found->text), true);
  return Library{std::string(name), pack, std::string(found->newest), read_tree(found->tree, id), {}, {}};
}

std::vector<Library> load_libraries(const std::vector<File>& files, source::SourceMap& sources, diag::Sink& sink) {
  return LibraryLoader(sources, sink).run(files);
}

}  // namespace farol::syntax
