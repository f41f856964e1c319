// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/outputs.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "linchpin/results/json.h"
#include "sample_results.h"

namespace linchpin {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> everything_in(fs::path const& folder) {
  std::vector<std::string> names;
  for (auto const& entry : fs::recursive_directory_iterator(folder)) {
    names.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(WriteOutputs, WritesTheWholeFolder) {
  test::TemporaryFolder const folder("outputs");
  auto const out = folder.path() / "a" / "b";
  auto const written = write_outputs(test::sample_results(), out, "<html></html>");
  ASSERT_TRUE(written) << written.error().what;
  EXPECT_EQ(everything_in(out),
            (std::vector<std::string>{"report.html", "results.json", "results.nc", "tables",
                                      "tables/columns.csv", "tables/hostile.csv",
                                      "tables/long_one.csv"}));
  EXPECT_EQ(written->size(), 6U);
  EXPECT_EQ(test::read_all(out / "report.html"), "<html></html>");
  EXPECT_EQ(Json::parse(test::read_all(out / "results.json"))["tables"].size(), 2U);
}

TEST(WriteOutputs, WritesOnlyWhatIsAskedFor) {
  test::TemporaryFolder const folder("formats");
  ASSERT_TRUE(write_outputs(test::sample_results(), folder.path(), "",
                            {.html = false, .json = true, .netcdf = false, .csv = false}));
  EXPECT_EQ(everything_in(folder.path()), std::vector<std::string>{"results.json"});
}

TEST(WriteOutputs, RemovesTablesOfAnEarlierRunButNothingElse) {
  test::TemporaryFolder const folder("again");
  auto results = test::sample_results();
  ASSERT_TRUE(write_outputs(results, folder.path(), ""));
  std::ofstream(folder.path() / "tables" / "mine.csv") << "keep\n";
  results.tables.pop_back();
  ASSERT_TRUE(write_outputs(results, folder.path(), ""));
  EXPECT_FALSE(fs::exists(folder.path() / "tables" / "long_one.csv"));
  EXPECT_TRUE(fs::exists(folder.path() / "tables" / "mine.csv"));
}

TEST(WriteOutputs, RefusesAPathBeneathAFile) {
  test::TemporaryFolder const folder("beneath");
  std::ofstream(folder.path() / "file") << "x";
  for (auto const* name : {"file", "file/out"}) {
    auto const written = write_outputs(test::sample_results(), folder.path() / name, "");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::unwritable_output);
    EXPECT_NE(written.error().where.find("file"), std::string::npos);
  }
  EXPECT_EQ(everything_in(folder.path()), std::vector<std::string>{"file"});
}

TEST(WriteOutputs, LeavesNothingWhenAFileIsInTheWay) {
  test::TemporaryFolder const folder("in-the-way");
  fs::create_directories(folder.path() / "results.nc" / "full");
  auto const written = write_outputs(test::sample_results(), folder.path(), "page");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unwritable_output);
  EXPECT_EQ(everything_in(folder.path()),
            (std::vector<std::string>{"results.nc", "results.nc/full"}));
}

/// The disk is full: a limit on the size of files stands in for it.
TEST(WriteOutputs, LeavesNothingWhenTheDiskIsFull) {
  test::TemporaryFolder const folder("full");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  for (rlim_t const limit : {rlim_t{0}, rlim_t{100}, rlim_t{3000}}) {
    rlimit const small{limit, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    auto const written = write_outputs(test::sample_results(), folder.path() / "out", "page");
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(written) << limit;
    EXPECT_EQ(written.error().code, ErrorCode::unwritable_output);
    EXPECT_EQ(written.error().where.find("unfinished"), std::string::npos) << "names the real file";
    EXPECT_TRUE(everything_in(folder.path()).empty()) << limit;
  }
  std::signal(SIGXFSZ, handler);
}

}  // namespace
}  // namespace linchpin
