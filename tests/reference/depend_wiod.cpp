// SPDX-License-Identifier: Apache-2.0
// Dependence on the published World Input-Output Tables, release 2013, and the published
// decompositions of the "leather" table, cell by cell.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "linchpin/depend/exports/borin_mancini.h"
#include "linchpin/depend/exports/kww.h"
#include "linchpin/depend/exports/origins.h"
#include "linchpin/depend/exports/perspectives.h"
#include "linchpin/depend/exports/wwz.h"
#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance_matrix.h"
#include "linchpin/table/aggregate.h"
#include "linchpin/table/read.h"
#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

std::filesystem::path const data = LINCHPIN_REFERENCE_DATA;

Economy wiod(int year, Mapping const* sectors = nullptr) {
  auto table = read_table(data / "wiod2013" / ("wiot_" + std::to_string(year) + ".csv.gz")).value();
  if (sectors != nullptr) table = aggregate(table, nullptr, sectors).value();
  return Economy::make(std::move(table)).value();
}

class WiodYears : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data / "wiod2013")) {
      GTEST_SKIP() << "the reference data are not beside the project: " << data;
    }
  }
};

/// Every identity to 1e-10 of the total it is part of.
TEST_P(WiodYears, IdentitiesHold) {
  auto const economy = wiod(GetParam());
  auto const system = LeontiefSystem::make(economy).value();
  auto const base = export_base(system).value();
  auto const n = economy.size(), G = economy.space().regions();
  double output = 0, gdp = 0, exports = 0;
  for (std::size_t i = 0; i < n; ++i) {
    IndustryId const id{i};
    output += economy.output()[id];
    gdp += economy.value_added()[id];
    exports += base.total_exports[i];
    double required = 0;
    for (std::size_t s = 0; s < G; ++s) required += base.absorbed(i, s);
    ASSERT_NEAR(required, economy.output()[id], 1e-10 * (1 + std::abs(economy.output()[id])));  // x = L Y u
    ASSERT_NEAR(base.all_content[i], 1, 1e-10);  // v L = u'
  }
  auto const where = position(system);
  double by_upstreamness = 0, by_downstreamness = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (economy.output()[IndustryId{i}] > 0) {
      ASSERT_GE(where.upstreamness[i], 1 - 1e-12);
    }
    // v of an industry that makes nothing but buys is minus what counts as final use.
    by_upstreamness += system.value_added_share()[IndustryId{i}] * economy.output()[IndustryId{i}] *
                       where.upstreamness[i];
    for (std::size_t s = 0; s < G; ++s) {
      by_downstreamness +=
          system.final_use()(IndustryId{i}, RegionId{s}) * where.downstreamness[i];
    }
  }
  EXPECT_NEAR(by_upstreamness, output, 1e-10 * output);
  EXPECT_NEAR(by_downstreamness, output, 1e-10 * output);

  auto const nine = kww(base);
  auto const source = bm_source(base).value(), sink = bm_sink(base).value();
  auto const sixteen = wwz(base, false).value();
  auto const views = bm_perspectives(base).value();
  double once_at_first = 0, once_at_last = 0;
  for (std::size_t s = 0; s < G; ++s) {
    RegionId const exporter{s};
    auto const a = source.of_exporter(economy.space(), exporter);
    auto const b = sink.of_exporter(economy.space(), exporter);
    double const tolerance = 1e-10 * a.exports;
    double sum = 0;
    for (double const term : nine[s].terms) sum += term;
    EXPECT_NEAR(sum, a.exports, tolerance);
    EXPECT_NEAR(a.dc() + a.fc(), a.exports, tolerance);
    EXPECT_NEAR(nine[s].value_added_exports(), a.vax, tolerance);
    EXPECT_NEAR(nine[s].reflection(), a.ref, tolerance);
    EXPECT_NEAR(b.vax, a.vax, tolerance);
    EXPECT_NEAR(b.ref, a.ref, tolerance);
    EXPECT_NEAR(b.ddc, a.ddc, tolerance);
    EXPECT_NEAR(b.fva, a.fva, tolerance);
    EXPECT_NEAR(b.fdc, a.fdc, tolerance);
    for (std::size_t i = base.first(s); i < base.last(s); ++i) {
      for (std::size_t r = 0; r < G; ++r) {
        double terms = 0;
        for (auto const& term : sixteen.terms) terms += term(i, r);
        ASSERT_NEAR(terms, base.exports(i, r), 1e-10 * (1 + std::abs(base.exports(i, r))));
        once_at_first += views[static_cast<std::size_t>(Perspective::world_source)].dva(i, r);
        auto const& last = views[static_cast<std::size_t>(Perspective::world_sink)];
        once_at_last += last.dva(i, r) + last.fva(i, r);
      }
    }
  }
  EXPECT_NEAR(once_at_first, once_at_last, 1e-10 * exports);

  auto const reliance = reliance_matrix(system);
  auto const markets = market_reliance(system);
  for (std::size_t i = 0; i < n; ++i) {
    if (!(economy.output()[IndustryId{i}] > 0)) continue;
    double origins = 0, uses = 0;
    for (std::size_t r = 0; r < G; ++r) {
      origins += reliance.value_added_origin(r, i);
      uses += markets.final_use(i, r);
    }
    ASSERT_NEAR(origins, 1, 1e-10);
    ASSERT_NEAR(uses, 1, 1e-10);
  }
}

INSTANTIATE_TEST_SUITE_P(Wiod, WiodYears, testing::Range(1995, 2012));

/// The sectors of the comparison: manufacturing c3 to c16 with c4 and c5 as one, services as one.
Mapping manufacturing() {
  Mapping mapping{"manufacturing", {}};
  for (int c = 1; c <= 35; ++c) {
    auto const from = "c" + std::to_string(c);
    auto const to = c == 4 || c == 5 ? std::string("c4_5") : (c >= 17 ? std::string("services") : from);
    mapping.entries.push_back({from, to, "", 0});
  }
  return mapping;
}

/// How often each country is the largest foreign look-through supplier of a US manufacturing
/// sector, the rest of the world left out.
std::map<std::string, int> largest_suppliers(int year) {
  auto const mapping = manufacturing();
  auto const economy = wiod(year, &mapping);
  auto const& space = economy.space();
  auto const reliance = reliance_matrix(LeontiefSystem::make(economy).value());
  auto const usa = space.find_region("USA", "test").value();
  std::map<std::string, int> count;
  for (std::size_t p = 0; p < space.sectors(); ++p) {
    auto const& label = space.label(SectorId{p});
    if (label == "c1" || label == "c2" || label == "services") continue;
    auto const buyer = space.industry(usa, SectorId{p}).value();
    std::string largest;
    double most = 0;
    for (std::size_t r = 0; r < space.regions(); ++r) {
      RegionId const supplier{r};
      auto const& name = space.label(supplier);
      if (supplier == usa || name == "RoW" || name == "ROW") continue;
      if (reliance.look_through(r, buyer) > most) {
        most = reliance.look_through(r, buyer);
        largest = name;
      }
    }
    ++count[largest];
  }
  return count;
}

/// Source: Baldwin, Freeman & Theodorakopoulos (2023), "Hidden exposure: measuring US supply chain
/// reliance", BPEA: the largest foreign supplier of US manufacturing moved from Canada and Japan to
/// China. Counts of the 13 sectors computed once with an independent program.
TEST(Baldwin, ChinaReplacesCanadaAndJapanAsTheLargestSupplier) {
  if (!std::filesystem::exists(data / "wiod2013")) GTEST_SKIP() << "no reference data: " << data;
  using Count = std::map<std::string, int>;
  EXPECT_EQ(largest_suppliers(1995), (Count{{"CAN", 10}, {"JPN", 3}}));
  EXPECT_EQ(largest_suppliers(2011), (Count{{"CHN", 12}, {"CAN", 1}}));
}

/// Lines of a CSV as fields, quotes taken off, without the header.
std::vector<std::vector<std::string>> lines_of(std::filesystem::path const& path,
                                               std::vector<std::string>& header) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) {
      std::erase(field, '"');
      fields.push_back(field);
    }
    lines.push_back(fields);
  }
  header = lines.front();
  lines.erase(lines.begin());
  return lines;
}

/// Published decompositions of the leather table by the R package decompr (Quast & Kummritz 2015).
class LeatherFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data / "fixtures")) GTEST_SKIP() << "no reference data: " << data;
  }
  std::size_t industry(std::string const& country, std::string const& sector) const {
    static std::map<std::string, std::size_t> const places{
        {"Agriculture", 0}, {"Textile_and_Leather", 1}, {"Transport_Equipment", 2}};
    return 3 * region(country) + places.at(sector);
  }
  std::size_t region(std::string const& country) const {
    static std::map<std::string, std::size_t> const places{
        {"Argentina", 0}, {"Turkey", 1}, {"Germany", 2}};
    return places.at(country);
  }
  LeontiefSystem system_ = LeontiefSystem::make(Economy::make(test::leather()).value()).value();
  ExportBase base_ = export_base(system_).value();
  std::vector<std::string> header_;
};

TEST_F(LeatherFiles, NineTerms) {
  auto const ours = kww(base_);
  auto const lines = lines_of(data / "fixtures" / "leather_kww.csv", header_);
  ASSERT_EQ(lines.size(), 3U);
  for (auto const& line : lines) {
    for (std::size_t k = 0; k < 9; ++k) {
      EXPECT_NEAR(ours[region(line[0])].terms[k], std::stod(line[k + 1]), 1e-12) << header_[k + 1];
    }
  }
}

TEST_F(LeatherFiles, SixteenTerms) {
  auto const ours = wwz(base_, false).value();
  auto const lines = lines_of(data / "fixtures" / "leather_wwz.csv", header_);
  ASSERT_EQ(lines.size(), 27U);
  std::size_t compared = 0;
  for (auto const& line : lines) {
    auto const i = industry(line[0], line[1]), r = region(line[2]);
    for (std::size_t k = 0; k < wwz_terms; ++k) {
      ASSERT_EQ(header_[k + 3], wwz_names[k]);
      EXPECT_NEAR(ours.terms[k](i, r), std::stod(line[k + 3]), 1e-12) << header_[k + 3];
      ++compared;
    }
    EXPECT_NEAR(ours.exports(i, r), std::stod(line[19]), 1e-12);
  }
  EXPECT_EQ(compared, 27U * 16U);
}

/// Value added of one industry in the exports of another: v_i L_ij E_j.
TEST_F(LeatherFiles, ValueAddedBySourceAndUser) {
  std::vector<Buyer> sources;
  for (std::size_t i = 0; i < 9; ++i) sources.push_back({RegionId{i / 3}, IndustryId{i}});
  auto const ours = value_added_in_exports(base_, sources);
  auto const lines = lines_of(data / "fixtures" / "leather_leontief.csv", header_);
  ASSERT_EQ(lines.size(), 81U);
  for (auto const& line : lines) {
    auto const i = industry(line[0], line[1]), j = industry(line[2], line[3]);
    EXPECT_NEAR(ours(i, j), std::stod(line[4]), 1e-12) << line[0] << ' ' << line[1];
  }
}

}  // namespace
}  // namespace linchpin::depend
