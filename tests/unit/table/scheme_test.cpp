// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linchpin/table/category_scheme.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/region_names.h"
#include "linchpin/table/sector_scheme.h"

namespace linchpin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<bool> services(std::vector<std::string> const& labels) {
  std::vector<bool> result;
  for (auto const& sector : describe_sectors(labels)) result.push_back(sector.service);
  return result;
}

TEST(SectorScheme, Wiod) {
  EXPECT_THAT(services({"c1", "c16", "c17", "c35"}), ElementsAre(false, false, true, true));
  EXPECT_EQ(describe_sectors(std::vector<std::string>{"c14"})[0].name,
            "Electrical and Optical Equipment");
  EXPECT_THAT(services({"c17", "c36"}), ElementsAre(false, false)) << "c36 is of another scheme";
}

TEST(SectorScheme, IsicSectionsDivisionsAndRanges) {
  EXPECT_THAT(services({"A01", "B", "C10T12", "C31-C33"}), ElementsAre(false, false, false, false));
  EXPECT_THAT(services({"D35", "E37-E39", "F", "G45T47", "61", "U"}),
              ElementsAre(true, true, true, true, true, true));
  // OECD: D in front of every division.
  EXPECT_THAT(services({"D01T02", "D26", "D35", "D62T63"}), ElementsAre(false, false, true, true));
}

TEST(SectorScheme, NamesOfDivisionsAndOfTheGroupsOfTheOecd) {
  auto const sectors =
      describe_sectors(std::vector<std::string>{"C26", "C10T12", "D26", "C302T309", "C24B", "C99"});
  EXPECT_EQ(sectors[0].name, "Computers, Electronics and Optics");
  EXPECT_EQ(sectors[1].name, "Food Products, Beverages and Tobacco");
  EXPECT_EQ(sectors[2].name, "Computers, Electronics and Optics");
  EXPECT_EQ(sectors[3].name, "Railway, Air and Other Transport Equipment");
  EXPECT_EQ(sectors[4].name, "Non-Ferrous Metals");
  EXPECT_EQ(sectors[5].name, "Extraterritorial Organisations");
}

TEST(SectorScheme, UnknownLabelsAreGoodsNamedAfterThemselves) {
  EXPECT_THAT(services({"1", "2", "40", "99"}), ElementsAre(false, false, false, false))
      << "numbers of one digit: a plain count, no divisions";
  EXPECT_THAT(services({"chips", "Wheat", "", "Z99", "C000", "00"}),
              ElementsAre(false, false, false, false, false, false));
  EXPECT_EQ(describe_sectors(std::vector<std::string>{"chips"})[0].name, "chips");
}

TEST(CategoryScheme, InventoriesInAllSpellings) {
  for (auto const* label : {"INV", "INVNT", "INVEN", "inventories", "Inventories", "P5M"}) {
    EXPECT_TRUE(describe_category(label).inventory_change) << label;
    EXPECT_TRUE(is_known_category(label)) << label;
  }
  for (auto const* label : {"HH", "HFCE", "GOV", "GFCF", "P51G", "NPISH", "FD"}) {
    EXPECT_FALSE(describe_category(label).inventory_change) << label;
  }
  EXPECT_FALSE(is_known_category("FD"));
  EXPECT_EQ(describe_category("FD").name, "FD");
}

TEST(RegionNames, CountriesOldCodesAndRestOfWorld) {
  EXPECT_EQ(describe_region("CHN"), (RegionLabel{"CHN", "China", {"CHN"}}));
  EXPECT_EQ(describe_region("ROM"), (RegionLabel{"ROM", "Romania", {"ROU"}}));
  EXPECT_EQ(describe_region("RoW"), (RegionLabel{"RoW", "Rest of world", {}}));
  EXPECT_EQ(describe_region("REU"), (RegionLabel{"REU", "REU", {}}));
  EXPECT_EQ(describe_region("DE"), (RegionLabel{"DE", "Germany", {"DEU"}}));
  EXPECT_EQ(describe_region("EL"), (RegionLabel{"EL", "Greece", {"GRC"}}));
  EXPECT_EQ(describe_region("WL"), (RegionLabel{"WL", "Rest of America", {}}));
  EXPECT_EQ(describe_region("XY"), (RegionLabel{"XY", "XY", {}}));
  EXPECT_EQ(describe_region("chn"), (RegionLabel{"chn", "chn", {}}));
}

TEST(LabelText, FaultsAndPrintable) {
  EXPECT_THAT(label_fault("Côte d'Ivoire"), IsEmpty());
  EXPECT_EQ(label_fault(""), "is empty");
  EXPECT_EQ(label_fault("a\nb"), "holds a control character");
  EXPECT_EQ(label_fault("\xC0\xAF"), "is not valid UTF-8");          // overlong
  EXPECT_EQ(label_fault("\xED\xA0\x80"), "is not valid UTF-8");      // surrogate
  EXPECT_EQ(label_fault("\xF4\x90\x80\x80"), "is not valid UTF-8");  // beyond Unicode
  EXPECT_EQ(label_fault("\xE2\x82"), "is not valid UTF-8");          // cut off
  EXPECT_EQ(label_fault(std::string(401, 'x')), "is longer than 400 bytes");
  EXPECT_EQ(printable("a\x1b[31m\xFF"), "a?[31m?");
  EXPECT_EQ(printable(std::string(100, 'x')), std::string(60, 'x') + "...");
}

}  // namespace
}  // namespace linchpin
