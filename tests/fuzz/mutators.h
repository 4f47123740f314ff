// Changes that keep what a text is: JSON stays JSON and a policy keeps its statements, so that what is made gets behind
// the first check of a reader. A body of such texts calls `mutate` in its LLVMFuzzerCustomMutator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace fuzz {

using Random = std::minstd_rand;
// Changes some bytes of a text, in whatever way the fuzzer likes.
using ChangeBytes = std::function<std::string(const std::string& text)>;

// Each returns the text with a few parts of it changed, removed, doubled, or in the place of others. One that cannot be
// taken apart comes back with some bytes changed.
[[nodiscard]] std::string change_json(const std::string& text, Random& random, const ChangeBytes& change_bytes);
// The same for one of several lines; a line may also go, or come again.
[[nodiscard]] std::string change_json_lines(const std::string& text, Random& random, const ChangeBytes& change_bytes);
[[nodiscard]] std::string change_policy(const std::string& text, Random& random, const ChangeBytes& change_bytes);
// By what the text looks like; one that is neither is changed by its words.
[[nodiscard]] std::string change_any(const std::string& text, Random& random, const ChangeBytes& change_bytes);

// Parts of one text among those of another.
[[nodiscard]] std::string cross_policies(const std::string& one, const std::string& other, Random& random);

// The whole of a custom mutator, of the input or of one that was accepted: one change in eight is of any bytes, the
// others are as `change` makes them. So many
// bytes at the `head` say what is asked, and are no part of the text.
[[nodiscard]] std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed,
                                 std::size_t head,
                                 std::string (*change)(const std::string&, Random&, const ChangeBytes&));

}  // namespace fuzz
