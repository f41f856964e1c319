// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "linchpin/results/result_set.h"

namespace linchpin::test {

/// Labels that try to break out of every format a result is written in.
inline TextColumn hostile_texts() {
  return {"</script><script>alert(1)</script>",
          "=HYPERLINK(\"http://x\")",
          "+1",
          "-1",
          "@SUM(A1)",
          "\ttab",
          "\rreturn",
          "line\nbreak, comma and \"quote\"",
          "<!-- comment --> & \xE2\x80\xA8 \xE2\x80\xA9",
          std::string{"broken \xC3( \xFF utf-8"},
          std::string{"nul\0byte", 8},
          ""};
}

/// A small result set that holds every type of column, undefined entries and hostile texts.
inline ResultSet sample_results() {
  ResultSet results;
  results.title = "Sample";
  results.question = "Does <b> matter?";
  results.focus = "CHN";
  results.headlines = {"First & foremost.", "Second."};
  results.headline_scenarios = {"cut", ""};
  results.warnings = {"Only a test."};
  results.origin.version = "0.1.0";
  results.origin.world_name = "sample";
  results.origin.world.title = "Sample world";
  results.origin.world.unit = {"USD", 1e6};
  results.origin.inputs = {{"sample.toml", "00ff"}};
  results.origin.options = {{"psi", 0.8},
                            {"days", std::int64_t{365}},
                            {"none", OptionValue{}},
                            {"on", true},
                            {"rule", std::string{"fixed"}}};
  results.regions = {{"CHN", "China", {"CHN"}}, {"ROW", "Rest of the world", {}}};
  results.sectors = {{"c14", "Electronics", false}};
  results.notes = {{NoteKind::method, "How", "By hand."}, {NoteKind::assumption, "What", "None."}};

  ResultColumn label{"label", "Label", "", "A hostile label.", hostile_texts()};
  ResultColumn count{"count", "Count", "days", "A count.", IntegerColumn{}, "never counted"};
  ResultColumn value{"value", "Value", "%", "A value.", NumberColumn{}, "the baseline is zero"};
  for (std::size_t i = 0; i < label.size(); ++i) {
    auto& counts = std::get<IntegerColumn>(count.data);
    auto& values = std::get<NumberColumn>(value.data);
    if (i == 2) {
      counts.push(std::nullopt);
      values.push(std::nullopt);
    } else {
      counts.push(static_cast<std::int64_t>(i) - 1);
      values.push(0.1 * static_cast<double>(i) - 0.3);
    }
  }
  results.tables.push_back({"hostile", "Hostile", "A note.", true, {label, count, value}});
  results.tables.push_back({"long_one", "Long", "", false, {value}});
  return results;
}

/// A folder of its own for one test, removed afterwards.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::string const& name)
      : path_(std::filesystem::temp_directory_path() /
              ("linchpin-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string read_all(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace linchpin::test
