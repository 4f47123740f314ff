#include <set>

#include <doctest/doctest.h>

#include "diag/sink.h"
#include "support/texts.h"

namespace diag_sink_test {

using namespace farol::diag;

using farol::testing::operator""_text;
using farol::source::SourceId;
using farol::source::SourceMap;
using farol::source::Span;

namespace {

std::vector<std::string> messages(const SourceMap& sources, const Sink& sink) {
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : sink.sorted(sources)) found.push_back(sentence(diagnostic.message));
  return found;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("the registry is consistent") {
  std::set<std::string_view> numbers;
  std::set<std::string_view> names;
  for (const CodeInfo& code : all_codes()) {
    CAPTURE(code.number);
    CHECK(numbers.insert(code.number).second);
    CHECK(names.insert(code.name).second);
    CHECK(code.number.size() == 5);
    CHECK(code.number[0] == 'F');
    CHECK(code.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    CHECK(&info(code.code) == &code);
    CHECK(find_code(code.number) == &code);
    CHECK(find_code(code.name) == &code);
  }
  CHECK(find_code("no-such-code") == nullptr);
}

TEST_CASE("a finding has the severity of its code") {
  CHECK(make(Code::not_evaluated, {}, "x"_text).severity == Severity::note);
}

TEST_CASE("findings are sorted by file name, place, code and message, whatever the order of reports") {
  SourceMap sources;
  const SourceId b = sources.add("b.farol", "text");
  const SourceId a = sources.add("a.farol", "text");
  Sink sink;
  sink.report(make(Code::conflict, {b, 0, 1}, "5"_text));
  sink.report(make(Code::conflict, {a, 2, 3}, "4"_text));
  sink.report(make(Code::conflict, {a, 1, 2}, "3"_text));
  sink.report(make(Code::unknown_name, {a, 1, 2}, "2"_text));
  sink.report(make(Code::unknown_name, {a, 1, 2}, "1"_text));
  Diagnostic whole_file = make(Code::unreadable_file, {}, "0"_text);
  whole_file.file = "a.farol";
  sink.report(whole_file);
  CHECK(messages(sources, sink) == Messages{"0", "1", "2", "3", "4", "5"});
  CHECK(sink.errors() == 6);
}

TEST_CASE("the same finding is kept and counted once") {
  SourceMap sources;
  const SourceId id = sources.add("a.farol", "text");
  Sink sink;
  sink.report(make(Code::conflict, {id, 0, 1}, "x"_text));
  sink.report(make(Code::conflict, {id, 0, 1}, "x"_text));
  sink.report(make(Code::conflict, {id, 0, 2}, "x"_text));
  CHECK(messages(sources, sink) == Messages{"x", "x"});
  CHECK(sink.errors() == 2);
}

TEST_CASE("each code has its cap, and what is dropped is counted") {
  SourceMap sources;
  const SourceId id = sources.add("a.farol", "text");
  Sink sink(2);
  for (const char* text : {"1", "2", "3", "4", "4", "1"})
    sink.report(make(Code::conflict, {id, 0, 1}, message::verbatim(text)));
  sink.report(make(Code::unpinned_library, {id, 0, 1}, "w"_text));
  sink.report_more(Code::conflict, 10);
  sink.report_more(Code::unpinned_library, 0);
  CHECK(messages(sources, sink) == Messages{"1", "2", "w"});
  CHECK(sink.dropped() == std::map<Code, std::size_t>{{Code::conflict, 12}});
  CHECK(sink.errors() == 14);
  CHECK(sink.count(Severity::warning) == 1);
}

TEST_CASE("warnings are not errors") {
  Sink sink;
  CHECK_FALSE(sink.has_errors());
  sink.report(make(Code::unpinned_library, {}, "w"_text));
  CHECK_FALSE(sink.has_errors());
  sink.report_more(Code::conflict, 1);
  CHECK(sink.has_errors());
}

}  // namespace diag_sink_test
