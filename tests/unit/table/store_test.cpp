// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <cstring>
#include <limits>

#include "linchpin/table/read.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

bool same_bits(std::span<double const> a, std::span<double const> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

Table sample() {
  auto table = test::random_table(4, 3, Rng(Seed{1}, 0));
  table.labels.regions[1].members = {"AUT", "BEL"};
  table.labels.regions[2].name = "Rest of Europe – „Übriges“";
  table.labels.sectors[2].service = true;
  table.info = {"A title",
                2011,
                {"USD", 1e6},
                "current prices",
                "source – with dash",
                "CC BY 4.0",
                "first line\nsecond line",
                true};
  return table;
}

class Store : public ::testing::Test {
 protected:
  test::TemporaryFolder folder_;
};

TEST_F(Store, WriteThenReadIsTheSameTable) {
  auto const table = sample();
  for (int const level : {0, 4, 9}) {
    auto const path = folder_.file("w.nc");
    ASSERT_TRUE(write_world(table, path, {.compression = {.deflate_level = level}}));
    auto const back = read_world(path);
    ASSERT_TRUE(back) << text_of(back.error());
    EXPECT_EQ(*back, table);
  }
  EXPECT_THAT(folder_.names(), ElementsAre("w.nc"));
}

TEST_F(Store, KeepsEveryBitOfOddNumbers) {
  auto table = sample();
  auto const Z = table.Z.values();
  Z[0] = -0.0;
  Z[1] = std::numeric_limits<double>::denorm_min();
  Z[2] = std::numeric_limits<double>::max();
  Z[3] = std::numeric_limits<double>::quiet_NaN();
  Z[4] = -std::numeric_limits<double>::infinity();
  Z[5] = 0.1;
  Z[6] = 9.9692099683868690e+36;  // netCDF's own fill value for doubles
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  auto const back = read_world(folder_.file("w.nc"));
  ASSERT_TRUE(back) << text_of(back.error());
  EXPECT_TRUE(same_bits(back->Z.values(), table.Z.values()));
}

TEST_F(Store, SameTableGivesTheSameBytes) {
  auto const table = sample();
  ASSERT_TRUE(write_world(table, folder_.file("a.nc")));
  ASSERT_TRUE(write_world(table, folder_.file("b.nc")));
  EXPECT_EQ(test::read_file(folder_.file("a.nc")), test::read_file(folder_.file("b.nc")));
}

TEST_F(Store, TablesWithoutFinalDemandOrValueAdded) {
  auto table = sample();
  table.labels.categories.clear();
  table.labels.value_added_rows.clear();
  table.Y = DenseMatrix(table.size(), 0);
  table.value_added = DenseMatrix(0, table.size());
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  auto const back = read_world(folder_.file("w.nc"));
  ASSERT_TRUE(back) << text_of(back.error());
  EXPECT_EQ(back->labels, table.labels);
  EXPECT_EQ(back->Z, table.Z);
}

TEST_F(Store, ReadTableOpensWorldsToo) {
  auto const table = sample();
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  auto const back = read_table(folder_.file("w.nc"));
  ASSERT_TRUE(back) << text_of(back.error());
  EXPECT_EQ(*back, table);
}

TEST_F(Store, RefusesShapesAndTextsItCannotHold) {
  auto table = sample();
  table.output.pop_back();
  auto const shapes = write_world(table, folder_.file("w.nc"));
  ASSERT_FALSE(shapes);
  EXPECT_EQ(shapes.error().code, ErrorCode::invalid_table);
  table = sample();
  table.labels.regions[0].label = std::string{"A\0B", 3};
  table.labels.sectors[0].name = "\xFF";
  table.labels.regions[1].members = {"A B"};
  auto const texts = write_world(table, folder_.file("w.nc"));
  ASSERT_FALSE(texts);
  EXPECT_EQ(texts.error().further.size(), 2U);
  EXPECT_THAT(folder_.names(), IsEmpty());
}

TEST_F(Store, OutputPathFaultsLeaveNothingBehind) {
  auto const table = sample();
  test::write_file(folder_.file("plain"), "x");
  std::filesystem::create_directory(folder_.file("folder"));
  auto const beneath = write_world(table, folder_.file("plain") / "deeper" / "w.nc");
  ASSERT_FALSE(beneath);
  EXPECT_EQ(beneath.error().code, ErrorCode::unwritable_output);
  EXPECT_THAT(beneath.error().what, HasSubstr("is a file, so nothing can be written beneath it"));
  auto const folder = write_world(table, folder_.file("folder"));
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::unwritable_output);
  EXPECT_THAT(folder_.names(), ElementsAre("folder", "plain"));
}

TEST_F(Store, FullDiskLeavesNothingBehindAndKeepsTheOldFile) {
  auto const table = sample();
  test::write_file(folder_.file("w.nc"), "old");
  rlimit old_limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  auto const old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = old_limit;
  small.rlim_cur = 1000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  auto const written = write_world(table, folder_.file("w.nc"));
  auto const deeper = write_world(table, folder_.file("new") / "w.nc");
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unwritable_output);
  EXPECT_THAT(text_of(written.error()), AllOf(HasSubstr("writing failed"), HasSubstr("ulimit")));
  EXPECT_FALSE(deeper);
  EXPECT_THAT(folder_.names(), ElementsAre("w.nc"));
  EXPECT_EQ(test::read_file(folder_.file("w.nc")), "old");
}

TEST_F(Store, TruncatedFilesAreUnreadable) {
  ASSERT_TRUE(write_world(sample(), folder_.file("w.nc")));
  auto const bytes = test::read_file(folder_.file("w.nc"));
  for (std::size_t const size : {std::size_t{0}, std::size_t{4}, std::size_t{8}, std::size_t{100},
                                 bytes.size() / 2, bytes.size() - 1}) {
    auto const table = read_world(test::write_file(folder_.file("t.nc"), bytes.substr(0, size)));
    ASSERT_FALSE(table) << size;
    EXPECT_EQ(table.error().code, ErrorCode::unreadable_file) << size << text_of(table.error());
    EXPECT_THAT(table.error().hint, HasSubstr("truncated or damaged"));
  }
}

TEST_F(Store, EveryFlippedBitIsNoticed) {
  ASSERT_TRUE(write_world(sample(), folder_.file("w.nc")));
  auto const bytes = test::read_file(folder_.file("w.nc"));
  for (std::size_t at = 0; at < bytes.size(); at += 1 + at / 16) {
    auto damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1U << (at % 8)));
    EXPECT_FALSE(read_world(test::write_file(folder_.file("t.nc"), damaged))) << at;
  }
  auto damaged = bytes;
  damaged[bytes.size() - 2] = 'x';  // in the seal itself
  auto const table = read_world(test::write_file(folder_.file("t.nc"), damaged));
  ASSERT_FALSE(table);
  EXPECT_THAT(table.error().what, HasSubstr("checksum"));
}

TEST_F(Store, WorldsWithoutSealAreReadToo) {
  // What another NetCDF program leaves when it changes a world.
  auto const table = sample();
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  auto const bytes = test::read_file(folder_.file("w.nc"));
  auto const end = bytes.rfind("\n#linchpin sha256 ");
  ASSERT_NE(end, std::string::npos);
  auto const back = read_world(test::write_file(folder_.file("t.nc"), bytes.substr(0, end)));
  ASSERT_TRUE(back) << text_of(back.error());
  EXPECT_EQ(*back, table);
}

TEST_F(Store, OtherFilesAreNotWorlds) {
  auto const text = read_world(test::write_file(folder_.file("t.nc"), "not NetCDF at all"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::bad_format);
  auto const classic = read_world(test::write_file(folder_.file("c.nc"), "CDF\x01 and so on"));
  ASSERT_FALSE(classic);
  EXPECT_EQ(classic.error().code, ErrorCode::bad_format);
  EXPECT_FALSE(read_world(folder_.path()));
  auto const missing = read_world(folder_.file("none.nc"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::file_not_found);
}

/// A NetCDF-4 file that almost is a world: each change must be refused by name.
class NotAWorld : public Store {
 protected:
  struct Parts {
    int version = world_format_version;
    std::vector<std::int32_t> regions{0, 0};
    bool with_Z = true;
    bool Z_transposed_names = false;
    bool numbers_as_labels = false;
    std::size_t buyers = 2;
    double scale = 1e6;
  };
  Result<Table> read(Parts const& parts) {
    NetcdfWriter file("test");
    auto const region = file.dimension("region", 1);
    auto const sector = file.dimension("sector", 2);
    auto const industry = file.dimension("industry", 2);
    auto const buyer = file.dimension("buyer", parts.buyers);
    file.attribute(NetcdfWriter::global, "linchpin_format", parts.version);
    file.attribute(NetcdfWriter::global, "currency_scale", parts.scale);
    std::vector<std::string> const one{"A"}, two{"x", "y"};
    if (parts.numbers_as_labels) {
      file.integers("region", {region}, std::vector<std::int32_t>{1});
    } else {
      file.texts("region", {region}, one);
    }
    file.texts("region_name", {region}, one);
    file.texts("region_members", {region}, one);
    file.texts("sector", {sector}, two);
    file.texts("sector_name", {sector}, two);
    file.flags("sector_service", {sector}, std::vector<signed char>{0, 1});
    file.integers("industry_region", {industry}, parts.regions);
    file.integers("industry_sector", {industry}, std::vector<std::int32_t>{0, 1});
    std::vector<double> const cells(2 * parts.buyers, 1.0);
    if (parts.with_Z) {
      file.doubles("Z",
                   parts.Z_transposed_names ? NetcdfWriter::Dimensions{buyer, industry}
                                            : NetcdfWriter::Dimensions{industry, buyer},
                   cells, {});
    }
    file.doubles("output", {industry}, std::vector<double>{1, 2}, {});
    EXPECT_TRUE(file.save(folder_.file("x.nc")));
    return read_world(folder_.file("x.nc"));
  }
  std::string problem(Parts const& parts) {
    auto const table = read(parts);
    EXPECT_FALSE(table.has_value());
    return table ? std::string{} : text_of(table.error());
  }
};

TEST_F(NotAWorld, EachFaultIsNamed) {
  ASSERT_TRUE(read({})) << "the unchanged parts are a world";
  for (double const scale : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    EXPECT_THAT(problem({.scale = scale}), HasSubstr("currency_scale"));
  }
  EXPECT_THAT(problem({.version = 2}), HasSubstr("layout version 2, this program reads version 1"));
  EXPECT_THAT(problem({.regions = {0, 7}}), HasSubstr("a region or sector that does not exist"));
  EXPECT_THAT(problem({.regions = {0, -1}}), HasSubstr("a region or sector that does not exist"));
  EXPECT_THAT(problem({.with_Z = false}), HasSubstr("the variable 'Z' is missing"));
  EXPECT_THAT(problem({.Z_transposed_names = true}),
              HasSubstr("'Z' should have the dimensions (industry, buyer)"));
  EXPECT_THAT(problem({.numbers_as_labels = true}), HasSubstr("'region' is of another type"));
  EXPECT_THAT(problem({.buyers = 3}), HasSubstr("'industry' and 'buyer' differ"));
}

TEST_F(NotAWorld, LargeWorldsAreRefusedBeforeTheyAreMade) {
  auto const table = sample();
  ASSERT_TRUE(write_world(table, folder_.file("w.nc")));
  auto const size = std::filesystem::file_size(folder_.file("w.nc"));
  auto const back = read_world(folder_.file("w.nc"), {.memory_limit = size - 1});
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace linchpin
