// SPDX-License-Identifier: Apache-2.0
// The sample of tests/cases/table/bea; expected numbers worked out by hand from its README.
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/check.h"
#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = bea_format();
constexpr double digits = 1e-12;

/// Position of "USA:42".
std::size_t industry(Table const& table, std::string const& label) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.labels.industry_label(i) == label) return i;
  }
  ADD_FAILURE() << "no industry " << label;
  return 0;
}

double flow(Table const& table, std::string const& seller, std::string const& buyer) {
  return table.Z(industry(table, seller), industry(table, buyer));
}

double final_use(Table const& table, std::string const& seller, std::size_t region,
                 std::string const& category) {
  auto const& categories = table.labels.categories;
  for (std::size_t c = 0; c < categories.size(); ++c) {
    if (categories[c].label != category) continue;
    return table.Y(industry(table, seller), region * categories.size() + c);
  }
  ADD_FAILURE() << "no category " << category;
  return 0;
}

TEST(Bea, BuildsIndustryByIndustry) {
  Release const release("bea");
  EXPECT_TRUE(format.matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(test::labels_of(table->labels.regions), (std::vector<std::string>{"USA", "ROW"}));
  EXPECT_EQ(test::labels_of(table->labels.sectors),
            (std::vector<std::string>{"111CA", "42", "Used"}));
  EXPECT_EQ(table->labels.sectors[0].name, "Farms");
  EXPECT_FALSE(table->labels.sectors[0].service);
  EXPECT_TRUE(table->labels.sectors[1].service);
  EXPECT_FALSE(table->labels.sectors[2].service);
  EXPECT_EQ(test::labels_of(table->labels.categories),
            (std::vector<std::string>{"F010", "F030", "F040", "F050", "NEG"}));
  EXPECT_TRUE(table->labels.categories[1].inventory_change);
  EXPECT_TRUE(table->labels.categories[4].inventory_change);
  EXPECT_EQ(table->info.year, 2022);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_TRUE(table->info.estimated);
  // D = [1 0.05; 0 0.95] on domestic use = use less imports.
  EXPECT_NEAR(flow(*table, "USA:111CA", "USA:111CA"), 10 + 0.05 * 40, digits);
  EXPECT_NEAR(flow(*table, "USA:111CA", "USA:42"), 25 + 0.05 * 60, digits);
  EXPECT_NEAR(flow(*table, "USA:42", "USA:111CA"), 0.95 * 40, digits);
  EXPECT_NEAR(flow(*table, "USA:42", "USA:42"), 0.95 * 60, digits);
  EXPECT_NEAR(final_use(*table, "USA:111CA", 0, "F010"), 34 + 0.05 * 80, digits);
  EXPECT_NEAR(final_use(*table, "USA:111CA", 0, "F030"), -4, digits);
  EXPECT_NEAR(final_use(*table, "USA:111CA", 1, "F040"), 25 + 0.05 * 16, digits);
  EXPECT_NEAR(final_use(*table, "USA:42", 0, "F010"), 0.95 * 80, digits);
  // Margins on imports are sold to the rest of the world.
  EXPECT_NEAR(final_use(*table, "USA:111CA", 1, "F050"), 0.05 * 4, digits);
  EXPECT_NEAR(final_use(*table, "USA:42", 1, "F050"), 0.95 * 4, digits);
  EXPECT_EQ(final_use(*table, "USA:42", 0, "F050"), 0);
  // Imports.
  EXPECT_EQ(flow(*table, "ROW:111CA", "USA:111CA"), 10);
  EXPECT_EQ(flow(*table, "ROW:111CA", "USA:42"), 5);
  EXPECT_EQ(final_use(*table, "ROW:111CA", 0, "F010"), 16);
  EXPECT_EQ(final_use(*table, "ROW:111CA", 0, "F030"), -1);
  EXPECT_EQ(table->output[industry(*table, "ROW:111CA")], 30);
  EXPECT_EQ(table->output[industry(*table, "USA:111CA")], 102);
  for (std::size_t i = 0; i < table->size(); ++i) {
    EXPECT_EQ(table->Z(i, industry(*table, "ROW:111CA")), 0);
  }
  test::expect_balanced(*table, digits);
  EXPECT_FALSE(has_errors(check_table(*table)));
}

/// What is not the product of an industry sells by itself; its negative sale to 42 is moved.
TEST(Bea, ScrapAndUsedGoodsSellByThemselves) {
  auto const table = Release("bea").read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(flow(*table, "USA:111CA", "USA:Used"), 2);
  EXPECT_EQ(flow(*table, "USA:Used", "USA:111CA"), 2);
  EXPECT_EQ(flow(*table, "USA:Used", "USA:42"), 0);
  EXPECT_EQ(final_use(*table, "USA:Used", 0, "NEG"), -2);
  EXPECT_EQ(final_use(*table, "USA:Used", 0, "F010"), 1);
  EXPECT_EQ(final_use(*table, "USA:Used", 1, "F040"), 1);
  EXPECT_EQ(table->output[industry(*table, "USA:Used")], 2);
  auto const& rows = table->labels.value_added_rows;
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[3], "negative inputs moved to final demand");
  EXPECT_EQ(table->value_added(3, industry(*table, "USA:42")), -2);
  EXPECT_EQ(table->value_added(0, industry(*table, "USA:42")), 60);
  EXPECT_NE(table->info.history.find("1 negative intermediate flow"), std::string::npos)
      << table->info.history;
}

/// Imported inputs after redefinitions: shares 1/2 and 1/6 of 16 and 34, scaled to 15 in all.
TEST(Bea, AfterRedefinitions) {
  auto const table = Release("bea").read(format, {.member = "Summary_2022_AfterRedef"});
  ASSERT_TRUE(table) << test::text_of(table.error());
  double const scale = 15 / (16.0 / 2 + 34.0 / 6);
  EXPECT_NEAR(flow(*table, "ROW:111CA", "USA:111CA"), scale * 16 / 2, digits);
  EXPECT_NEAR(flow(*table, "ROW:111CA", "USA:42"), scale * 34 / 6, digits);
  EXPECT_EQ(flow(*table, "ROW:Used", "USA:111CA"), 1);
  EXPECT_NEAR(flow(*table, "USA:42", "USA:111CA"), 36, digits);
  EXPECT_NEAR(flow(*table, "USA:111CA", "USA:111CA"), 16 - scale * 16 / 2, digits);
  EXPECT_NE(table->info.history.find("after redefinitions"), std::string::npos);
  test::expect_balanced(*table, digits);
}

TEST(Bea, OneFileNamesItsSetAndCompressionDoesNotMatter) {
  test::TemporaryFolder const folder;
  Release const release("bea");
  for (auto const& [name, text] : release.files()) {
    test::write_file(folder.file(name), text);
  }
  auto const whole = read_table(folder.path());
  ASSERT_TRUE(whole) << test::text_of(whole.error());
  auto const use = read_table(folder.file("Summary_Use_2022_PRO_BeforeRedef_17sch.csv"));
  ASSERT_TRUE(use) << test::text_of(use.error());
  EXPECT_TRUE(*use == *whole);
  auto const after = read_table(folder.file("Summary_Make_2022_AfterRedef_17sch.csv"));
  ASSERT_TRUE(after) << test::text_of(after.error());
  EXPECT_NE(after->info.title.find("after redefinitions"), std::string::npos);
}

TEST(Bea, SeveralTablesAreNamed) {
  Release release("bea");
  for (auto const* kind : {"Make_2022", "Use_2022_PRO"}) {
    auto const name = "Summary_" + std::string{kind} + "_BeforeRedef_17sch.csv";
    auto other = name;
    other.replace(other.find("2022"), 4, "2023");
    release.add(other, release.file(name));
  }
  test::expect_refused(release, format, ErrorCode::bad_value,
                       "Summary_2022, Summary_2022_AfterRedef, Summary_2023");
  EXPECT_TRUE(release.read(format, {.member = "Summary_2022"}));
  auto const unknown = release.read(format, {.member = "Sumary_2022"});
  ASSERT_FALSE(unknown);
  EXPECT_NE(test::text_of(unknown.error()).find("did you mean 'Summary_2022'?"), std::string::npos);
  auto const incomplete = release.read(format, {.member = "Summary_2023"});
  ASSERT_FALSE(incomplete);
  EXPECT_EQ(incomplete.error().code, ErrorCode::missing_value);
  EXPECT_NE(incomplete.error().what.find("import matrix"), std::string::npos);
}

TEST(Bea, RefusesFilesThatDoNotFitTogether) {
  constexpr auto use = "Use_2022_PRO_BeforeRedef_17sch.csv";
  constexpr auto make = "Make_2022_BeforeRedef_17sch.csv";
  constexpr auto imports = "Import_2022_BeforeRedef_17sch.csv";
  using test::expect_refused;
  expect_refused(Release("bea").remove(make), format, ErrorCode::missing_value, "make table");
  expect_refused(Release("bea").remove(use), format, ErrorCode::missing_value, "use table");
  expect_refused(Release("bea").replace(use, "\"42\",40", "\"43\",40"), format,
                 ErrorCode::missing_value, "there is no row '42'");
  expect_refused(Release("bea").replace(use, "\"42\",40", "\"43\",40"), format,
                 ErrorCode::missing_value, "'43' is not in the make table");
  expect_refused(Release("bea").replace(imports, "\"F030\"", "\"F031\""), format,
                 ErrorCode::missing_value, "there is no column 'F030'");
  expect_refused(Release("bea").replace(make, "\"Total Industry Output\"", "\"Sum\""), format,
                 ErrorCode::bad_format, "total industry output");
  expect_refused(Release("bea").replace(make, "90,10,2,102", "90,x,2,102"), format,
                 ErrorCode::bad_format, "x");
  expect_refused(Release("bea").replace(make, "90,10,2,102", "90,,2,102"), format,
                 ErrorCode::missing_value, "is empty");
  expect_refused(Release("bea").replace(make, "90,10,2,102", "90,10,2"), format,
                 ErrorCode::bad_format, "fields");
  expect_refused(Release("bea").replace(make, "90,10,2,102", "nan,10,2,102"), format,
                 ErrorCode::bad_value, "nan");
  expect_refused(Release("bea").replace(use, "\"42\",40", "\"111CA\",40"), format,
                 ErrorCode::duplicate_label, "appears twice");
  Release empty("bea");
  empty.file(make).clear();
  expect_refused(empty, format, ErrorCode::bad_format, "empty");
}

TEST(Bea, RefusesMoreThanTheMemoryLimit) {
  auto const table = Release("bea").read(format, {.memory_limit = 100});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::too_large);
}

TEST(Bea, OtherFilesAreNotRecognised) {
  auto const other = Bundle::of_texts("folder", {{"a.csv", "code,1\n1,2\n"}, {"b.csv", "x\n"}});
  EXPECT_FALSE(format.matches(other));
  auto const name_only = Bundle::of_texts(
      "Summary_Use_2022_PRO_BeforeRedef_17sch.csv",
      {{"Summary_Use_2022_PRO_BeforeRedef_17sch.csv", "seller_region,seller_sector\n"}});
  EXPECT_FALSE(format.matches(name_only));
}

}  // namespace
}  // namespace linchpin
