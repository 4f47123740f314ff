// Any bytes as a list of people: lines whose people have ids, or a problem that says where.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/file_system.h"
#include "base/text.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "people/lines.h"

using namespace farol;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto stream = base::stream_of(std::string(reinterpret_cast<const char*>(data), size));
  const auto problem = people::read_lines(*stream, [](const people::Line& line) {
    require(!line.id.empty(), "a person without an id");
    require(!base::find_invalid_utf8(line.id) && !base::find_invalid_utf8(line.roles), "a line is not UTF-8");
    static_cast<void>(people::split_roles(line.roles));
  });
  fuzz::count.add(data, size, !problem);
  require(!problem || !problem->empty(), "a problem without words");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_any);
}
