// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "linchpin/table/check.h"
#include "linchpin/table/exports/export.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/read.h"
#include "linchpin/table/store/store.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

/// Reads `path` any way we can. Either it is refused with a message, or what comes out can be
/// checked; the sanitizers see to the rest.
bool replay(std::filesystem::path const& path) {
  ReadOptions options;
  options.memory_limit = std::uint64_t{64} << 20;
  auto const mapping = read_mapping(path);
  EXPECT_TRUE(mapping || !mapping.error().what.empty());
  auto const table = read_table(path, options);
  if (!table) {
    EXPECT_FALSE(table.error().what.empty());
    EXPECT_FALSE(table.error().where.empty());
    EXPECT_FALSE(table.error().hint.empty());
    EXPECT_TRUE(is_input_error(table.error().code)) << test::text_of(table.error());
    return false;
  }
  (void)check_table(*table);
  return true;
}

/// Changes a few bytes: flips, overwrites, cuts, repeats, inserts.
std::string mutated(std::string bytes, Rng& rng) {
  static constexpr std::string_view tokens[] = {",",
                                                "\n",
                                                "\"",
                                                "nan",
                                                "1e999",
                                                "-",
                                                std::string_view{"\0", 1},
                                                "OUTPUT",
                                                "\xFF",
                                                "_",
                                                ":",
                                                "99999999999999999999",
                                                "\r"};
  auto const rounds = 1 + rng.below(4);
  for (std::uint64_t round = 0; round < rounds && !bytes.empty(); ++round) {
    auto const at = rng.below(bytes.size());
    auto const length = 1 + rng.below(std::min<std::uint64_t>(32, bytes.size() - at));
    switch (rng.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1U << rng.below(8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(rng.below(256));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, bytes.substr(at, length));
        break;
      case 4:
        bytes.erase(at, length);
        break;
      default:
        bytes.insert(at, tokens[rng.below(std::size(tokens))]);
        break;
    }
  }
  return bytes;
}

class Hostile : public ::testing::Test {
 protected:
  /// Mutates `file` many times; returns how often the result was still accepted.
  int attack(std::filesystem::path const& file, int times, std::uint64_t stream) {
    auto const original = test::read_file(file);
    EXPECT_FALSE(original.empty());
    Rng rng(Seed{2024}, stream);
    int accepted = 0;
    for (int k = 0; k < times; ++k) {
      auto const bytes = mutated(original, rng);
      if (bytes == original) continue;
      auto const path = folder_.file("mutant" + file.extension().string());
      accepted += replay(test::write_file(path, bytes)) ? 1 : 0;
    }
    return accepted;
  }
  test::TemporaryFolder folder_;
};

TEST_F(Hostile, CorpusIsRefused) {
  std::size_t files = 0;
  for (auto const& entry :
       std::filesystem::directory_iterator(LINCHPIN_TEST_CASES "/table/hostile")) {
    EXPECT_FALSE(replay(entry.path())) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 10U);
}

TEST_F(Hostile, MutatedTidyFiles) {
  attack(LINCHPIN_TEST_CASES "/table/miller_blair.csv", 600, 1);
  auto const table = test::random_table(2, 2, Rng(Seed{1}, 0));
  for (auto const* name : {"t.csv.gz", "t.csv.zst"}) {
    ASSERT_TRUE(export_tidy(table, folder_.file(name)));
    attack(folder_.file(name), 400, 2);
  }
}

TEST_F(Hostile, MutatedWiodFiles) {
  auto const path = test::write_file(folder_.file("w.csv"),
                                     "country,sector,A_c1,A_c2,A_HH,A_INV,OUTPUT\n"
                                     "A,c1,1,2,3,0,6\n"
                                     "A,c2,4,1,2,-1,6\n");
  attack(path, 800, 3);
}

TEST_F(Hostile, MutatedWorlds) {
  auto table = test::random_table(2, 2, Rng(Seed{1}, 0));
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  // The seal catches every change before HDF5 sees it.
  EXPECT_EQ(attack(folder_.file("w.nc"), 1000, 4), 0);
}

}  // namespace
}  // namespace linchpin
