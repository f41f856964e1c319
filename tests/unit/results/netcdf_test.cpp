// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/netcdf.h"

#include <gtest/gtest.h>
#include <netcdf.h>

#include <cmath>
#include <limits>

#include "linchpin/results/number_text.h"
#include "sample_results.h"

namespace linchpin {
namespace {

/// An open file that closes itself.
struct OpenFile {
  explicit OpenFile(std::string const& path) { status = nc_open(path.c_str(), NC_NOWRITE, &id); }
  OpenFile(OpenFile const&) = delete;
  OpenFile& operator=(OpenFile const&) = delete;
  ~OpenFile() { nc_close(id); }
  [[nodiscard]] int variable(char const* name) const {
    int found = -1;
    nc_inq_varid(id, name, &found);
    return found;
  }
  int id = -1;
  int status = -1;
};

TEST(WriteNetcdf, ReadsBackEqual) {
  test::TemporaryFolder const folder("netcdf");
  auto const path = folder.path() / "results.nc";
  auto const results = test::sample_results();
  ASSERT_TRUE(write_netcdf(results, path));
  OpenFile const file(path.string());
  ASSERT_EQ(file.status, NC_NOERR);

  auto const& values = std::get<NumberColumn>(results.tables[0].columns[2].data);
  std::vector<double> numbers(values.values.size());
  ASSERT_EQ(nc_get_var_double(file.id, file.variable("hostile.value"), numbers.data()), NC_NOERR);
  double fill = 0;
  ASSERT_EQ(nc_get_att_double(file.id, file.variable("hostile.value"), "_FillValue", &fill),
            NC_NOERR);
  EXPECT_TRUE(std::isnan(fill));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (values.missing[i]) {
      EXPECT_TRUE(std::isnan(numbers[i]));
    } else {
      EXPECT_EQ(numbers[i], values.values[i]);
    }
  }
  std::vector<long long> counts(numbers.size());
  ASSERT_EQ(nc_get_var_longlong(file.id, file.variable("hostile.count"), counts.data()), NC_NOERR);
  EXPECT_EQ(counts[0], -1);
  EXPECT_EQ(counts[2], std::numeric_limits<long long>::min());

  std::size_t length = 0;
  int dimension = 0;
  ASSERT_EQ(nc_inq_dimid(file.id, "hostile.label.length", &dimension), NC_NOERR);
  ASSERT_EQ(nc_inq_dimlen(file.id, dimension, &length), NC_NOERR);
  auto const texts = test::hostile_texts();
  std::string block(length * texts.size(), '?');
  ASSERT_EQ(nc_get_var_text(file.id, file.variable("hostile.label"), block.data()), NC_NOERR);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto const expected = valid_utf8(texts[i]);
    auto cell = block.substr(i * length, length);
    EXPECT_EQ(cell.substr(0, expected.size()), expected);
    EXPECT_EQ(cell.find_first_not_of('\0', expected.size()), std::string::npos);
  }
}

TEST(NetcdfBytes, AreTheSameEveryTime) {
  auto const results = test::sample_results();
  auto const once = netcdf_bytes(results);
  auto const twice = netcdf_bytes(results);
  ASSERT_TRUE(once);
  ASSERT_TRUE(twice);
  EXPECT_TRUE(*once == *twice);
}

TEST(NetcdfBytes, NamesThatNetcdfRefusesAreAnError) {
  auto results = test::sample_results();
  results.tables[0].name = "a/b";
  auto const bytes = netcdf_bytes(results);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::internal);
}

TEST(WriteNetcdf, ManagesAnEmptySet) {
  auto const bytes = netcdf_bytes(ResultSet{});
  ASSERT_TRUE(bytes);
  EXPECT_FALSE(bytes->empty());
}

}  // namespace
}  // namespace linchpin
