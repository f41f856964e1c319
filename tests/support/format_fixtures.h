// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/formats/formats.h"
#include "support/table_fixtures.h"

namespace linchpin::test {

/// Files of a release by name, as a folder of tests/cases/table holds them.
class Release {
 public:
  explicit Release(std::string const& folder) {
    auto const path = std::filesystem::path(LINCHPIN_TEST_CASES) / "table" / folder;
    for (auto const& entry : std::filesystem::directory_iterator(path)) {
      auto const name = entry.path().filename().string();
      if (name != "README.md") files_.emplace_back(name, read_file(entry.path()));
    }
    EXPECT_FALSE(files_.empty()) << path;
  }

  /// The text of the only file whose name ends with `ending`.
  std::string& file(std::string_view ending) {
    auto const found = std::find_if(files_.begin(), files_.end(),
                                    [&](auto const& each) { return each.first.ends_with(ending); });
    EXPECT_TRUE(found != files_.end()) << ending;
    return found->second;
  }
  Release& remove(std::string_view ending) {
    std::erase_if(files_, [&](auto const& each) { return each.first.ends_with(ending); });
    return *this;
  }
  Release& add(std::string name, std::string text) {
    files_.emplace_back(std::move(name), std::move(text));
    return *this;
  }
  /// Replaces the first `old` in a file; the test fails if there is none.
  Release& replace(std::string_view ending, std::string_view old, std::string_view fresh) {
    auto& text = file(ending);
    auto const at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old << " in " << ending;
    if (at != std::string::npos) text.replace(at, old.size(), fresh);
    return *this;
  }
  Release& replace_all(std::string_view ending, char old, std::string_view fresh) {
    std::string result;
    for (char const c : file(ending)) {
      if (c == old) {
        result += fresh;
      } else {
        result += c;
      }
    }
    file(ending) = std::move(result);
    return *this;
  }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> files() const { return files_; }
  [[nodiscard]] Bundle bundle() const { return Bundle::of_texts("release", files_); }
  [[nodiscard]] Result<Table> read(TableFormat const& format,
                                   ReadOptions const& options = {}) const {
    auto const opened = bundle();
    return format.read(opened, options, {});
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Every row sums to its output, and every column with its value added.
inline void expect_balanced(Table const& table, double tolerance) {
  DenseVector scratch;
  DenseVector inputs(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const row = table.Z.row(i, scratch);
    double sum = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      sum += row[j];
      inputs[j] += row[j];
    }
    for (double const use : table.Y.row(i)) sum += use;
    EXPECT_NEAR(sum, table.output[i], tolerance) << table.labels.industry_label(i) << ", row";
  }
  for (std::size_t k = 0; k < table.value_added.rows(); ++k) {
    for (std::size_t j = 0; j < table.size(); ++j) inputs[j] += table.value_added(k, j);
  }
  for (std::size_t j = 0; j < table.size(); ++j) {
    EXPECT_NEAR(inputs[j], table.output[j], tolerance)
        << table.labels.industry_label(j) << ", column";
  }
}

/// Labels in their order, for comparison with a list.
template <class Label>
std::vector<std::string> labels_of(std::vector<Label> const& labels) {
  std::vector<std::string> result;
  for (auto const& each : labels) result.push_back(each.label);
  return result;
}

/// Reading `release` must fail with `code` and a message that holds `text`.
inline void expect_refused(Release const& release, TableFormat const& format, ErrorCode code,
                           std::string_view text) {
  auto const table = release.read(format);
  ASSERT_FALSE(table) << "not refused: " << text;
  EXPECT_EQ(to_string(table.error().code), to_string(code)) << text_of(table.error());
  EXPECT_NE(text_of(table.error()).find(text), std::string::npos)
      << "'" << text << "' is not in: " << text_of(table.error());
  EXPECT_FALSE(table.error().hint.empty());
}

}  // namespace linchpin::test
