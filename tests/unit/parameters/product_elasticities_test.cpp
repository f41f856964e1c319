// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/product_elasticities.h"

#include <gtest/gtest.h>

#include <string>

namespace linchpin::parameters {
namespace {

TEST(ProductElasticities, OfAPlainFile) {
  auto const read =
      read_product_elasticities("product,theta\n010121,2\n850440,4\n1,8\n", "e.csv").value();
  EXPECT_EQ(read.theta.at("850440"), 4);
  EXPECT_EQ(read.theta.at("010121"), 2);  // leading zeros count
  EXPECT_EQ(read.median, 4);
  EXPECT_EQ(read.left_out, 0U);
}

/// ProTEE: sigma is minus the elasticity of substitution, θ = −sigma − 1; zero and positive mark
/// lines without an estimate of their own.
TEST(ProductElasticities, OfProTee) {
  auto const read = read_product_elasticities(
                        "HS6,zero,positive,sigma\n010110,1,0,\n010210,0,0,-12.11\n"
                        "010290,0,1,3\n010310,0,0,-0.5\n010391,0,0,-7\n",
                        "p.csv")
                        .value();
  EXPECT_EQ(read.theta.size(), 2U);
  EXPECT_NEAR(read.theta.at("010210"), 11.11, 1e-12);
  EXPECT_EQ(read.theta.at("010391"), 6);
  EXPECT_EQ(read.left_out, 3U);
  EXPECT_NEAR(read.median, 8.555, 1e-12);
}

TEST(ProductElasticities, ReportAllThatIsWrong) {
  auto const bad = read_product_elasticities("product,theta\n1,x\n,3\n2,4\n2,5\n", "e.csv");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().further.size(), 2U);
  EXPECT_FALSE(read_product_elasticities("product,price\n1,2\n", "e.csv"));
  EXPECT_FALSE(read_product_elasticities("code,theta\n1,2\n", "e.csv"));
  auto const none = read_product_elasticities("HS6,sigma\n1,-0.5\n", "e.csv");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().what.find("no line has an elasticity"), std::string::npos);
}

}  // namespace
}  // namespace linchpin::parameters
