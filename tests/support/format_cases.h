// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/read.h"
#include "support/table_fixtures.h"

namespace linchpin::test {

inline std::filesystem::path case_path(std::string const& name) {
  return std::filesystem::path{LINCHPIN_TEST_CASES} / "table" / name;
}

/// `text` with its first `from` replaced; a test that looks for what is not there fails.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "not in the case: " << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline std::string without_line(std::string const& text, std::string_view start) {
  auto const at = text.find("\n" + std::string{start});
  EXPECT_NE(at, std::string::npos) << "no such line: " << start;
  if (at == std::string::npos) return text;
  return text.substr(0, at) + text.substr(std::min(text.find('\n', at + 1), text.size()));
}

using Members = std::vector<std::pair<std::string, std::string>>;

/// The files of a folder, names relative to it.
inline Members members_of(std::filesystem::path const& folder) {
  Members members;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    members.emplace_back(entry.path().lexically_relative(folder).generic_string(),
                         read_file(entry.path()));
  }
  return members;
}

/// The text of one member, to be changed in place.
inline std::string& member(Members& members, std::string_view name) {
  for (auto& [each, text] : members) {
    if (each == name) return text;
  }
  ADD_FAILURE() << "no member " << name;
  return members.front().second;
}

inline Members without(Members members, std::string_view name) {
  std::erase_if(members, [&](auto const& each) { return each.first == name; });
  return members;
}

inline Result<Table> read_members(TableFormat const& format, std::string name, Members members,
                                  ReadOptions const& options = {}) {
  return format.read(Bundle::of_texts(std::move(name), std::move(members)), options, {});
}

/// Code and all messages of what must fail.
inline std::string problem_of(TableFormat const& format, std::string name, Members members,
                              ReadOptions const& options = {}) {
  auto const table = read_members(format, std::move(name), std::move(members), options);
  EXPECT_FALSE(table.has_value()) << "was accepted";
  return table ? std::string{} : text_of(table.error());
}

/// Largest |output - row sum| and |output - column sum - value added|.
inline double worst_imbalance(Table const& table) {
  double worst = 0;
  std::vector<double> inputs(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double uses = 0;
    table.Z.for_each(i, [&](std::size_t j, double flow) {
      uses += flow;
      inputs[j] += flow;
    });
    for (double const use : table.Y.row(i)) uses += use;
    worst = std::max(worst, std::abs(table.output[i] - uses));
  }
  for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
    for (std::size_t j = 0; j < table.size(); ++j) inputs[j] += table.value_added(k, j);
  }
  for (std::size_t j = 0; j < table.size(); ++j) {
    worst = std::max(worst, std::abs(table.output[j] - inputs[j]));
  }
  return worst;
}

}  // namespace linchpin::test
