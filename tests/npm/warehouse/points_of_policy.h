// What `farol explain` and `farol roster` say of a policy at its points, for the tests of the warehouse.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace warehouse {

void write(const std::filesystem::path& path, const std::string& text);

// Writes people.csv, roles.csv, points.csv and contexts of a policy to a folder, as policies.cpp describes them. People
// hold no role, each role alone, and roles together by twos and threes. What a person with one role may do is what
// `explain` says; with several, what one of the roles may alone but for what `roster` says is denied them, and the
// verdict is just `allowed` or `not allowed`. The points have every combination of the contexts on which an answer
// depends. Returns false if the policy has errors.
bool write_points_of_policy(const std::filesystem::path& folder, const std::string& path, const std::string& day);

}  // namespace warehouse
