// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/table/table.h"

namespace linchpin::test {

/// A new empty folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "linchpin-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }
  [[nodiscard]] std::filesystem::path file(std::string const& name) const { return path_ / name; }
  /// Names in the folder, hidden ones too.
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (auto const& entry : std::filesystem::directory_iterator(path_)) {
      result.push_back(entry.path().filename().string());
    }
    std::sort(result.begin(), result.end());
    return result;
  }

 private:
  std::filesystem::path path_;
};

inline std::filesystem::path write_file(std::filesystem::path const& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

inline std::string read_file(std::filesystem::path const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// An error and those found with it, one per line, for matching and for messages.
inline std::string text_of(Error const& error) {
  auto text = std::string{to_string(error.code)} + " | " + error.what + " | " + error.where +
              " | " + error.hint + "\n";
  for (auto const& each : error.further) text += text_of(each);
  return text;
}

/// A table with whole-number flows: `regions` x `sectors` industries, two kinds of final demand
/// (the second are inventory changes, which may be negative), value added as the residual.
inline Table random_table(std::size_t regions, std::size_t sectors, Rng rng,
                          double share_of_zeros = 0.3) {
  Table table;
  for (std::size_t r = 0; r < regions; ++r) {
    auto const label = "R" + std::to_string(r);
    table.labels.regions.push_back({label, label, {}});
  }
  for (std::size_t s = 0; s < sectors; ++s) {
    auto const label = "S" + std::to_string(s);
    table.labels.sectors.push_back({label, label, false});
  }
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t s = 0; s < sectors; ++s) {
      table.labels.industries.push_back({RegionId{r}, SectorId{s}});
    }
  }
  table.labels.categories = {{"use", "use", false},
                             {"INV", "Changes in inventories and valuables", true}};
  table.labels.value_added_rows = {"value added"};
  auto const n = table.size();
  auto const flow = [&](double scale) {
    bool const zero = rng.uniform() < share_of_zeros;
    double const value = std::floor(rng.uniform() * scale);
    return zero ? 0.0 : value;
  };
  table.Z = DenseMatrix(n, n);
  table.Y = DenseMatrix(n, table.labels.final_columns());
  table.value_added = DenseMatrix(1, n);
  table.output.assign(n, 0.0);
  for (double& cell : table.Z.values()) cell = flow(100);
  for (std::size_t i = 0; i < n; ++i) {
    auto const row = table.Y.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      // Enough final use to leave every industry a positive value added.
      row[j] = j % 2 == 0 ? 200.0 * static_cast<double>(n) + flow(1000) : flow(50) - flow(50);
    }
    for (double const cell : table.Z.row(i)) table.output[i] += cell;
    for (double const cell : row) table.output[i] += cell;
  }
  for (std::size_t j = 0; j < n; ++j) {
    double inputs = 0;
    for (std::size_t i = 0; i < n; ++i) inputs += table.Z(i, j);
    table.value_added(0, j) = table.output[j] - inputs;
  }
  table.info.title = "random table";
  table.info.year = 2020;
  table.info.unit = {"USD", 1e6};
  return table;
}

}  // namespace linchpin::test
