// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "linchpin/table/formats/eora_files.h"
#include "linchpin/table/formats/eora_labels.h"
#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

using test::Release;

TableFormat const format = eora_format();
constexpr auto* T = "bp_T.txt";
constexpr auto* FD = "bp_FD.txt";
constexpr auto* VA = "bp_VA.txt";

Release eora26() { return Release("eora26"); }

/// The numbers stand in tests/cases/table/eora26; totals of the discrepancy added up by hand.
TEST(Eora26, TakesDiscrepancyOutAndStaysBalanced) {
  auto const release = eora26();
  EXPECT_TRUE(format.matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(test::labels_of(table->labels.regions),
            (std::vector<std::string>{"ARG", "BEL", "CHL"}));
  EXPECT_EQ(test::labels_of(table->labels.sectors),
            (std::vector<std::string>{"Agriculture", "Electrical and Machinery", "Transport"}));
  EXPECT_TRUE(table->labels.sectors[2].service);
  ASSERT_EQ(table->labels.categories.size(), 7U);
  EXPECT_EQ(table->labels.categories[6].label, "ROW discrepancy");
  EXPECT_TRUE(table->labels.categories[6].inventory_change);
  ASSERT_EQ(table->labels.value_added_rows.size(), 7U);
  EXPECT_EQ(table->Z(0, 1), 9543);
  EXPECT_EQ(table->Z(0, 8), 338);
  EXPECT_EQ(table->Y(0, 0), 7435);
  EXPECT_EQ(table->Y(0, 6), 16 - 4);  // sold to ROW: its account and its final users
  EXPECT_EQ(table->Y(0, 7), 1950);    // first category of the second region
  EXPECT_EQ(table->output[0], 112570);
  test::expect_balanced(*table, 1e-9);
  auto const bought = table->value_added.row(6);
  EXPECT_EQ(std::accumulate(bought.begin(), bought.end(), 0.0), 65);
  EXPECT_NE(table->info.history.find("70 sold to it"), std::string::npos) << table->info.history;
  EXPECT_NE(table->info.history.find("65 bought from it"), std::string::npos);
  EXPECT_NE(table->info.history.find("13 of its own"), std::string::npos);
  EXPECT_EQ(table->info.title, "Eora26, 2015");
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e3}));
}

TEST(Eora26, WithoutDiscrepancyNothingIsAdded) {
  Release release = eora26();
  auto const drop_last_line = [](std::string& text) {
    text.resize(text.rfind('\n', text.size() - 2) + 1);
  };
  auto const drop_columns = [](std::string& text, std::size_t count) {
    std::string result;
    std::size_t start = 0;
    while (start < text.size()) {
      auto const stop = text.find('\n', start);
      auto line = text.substr(start, stop - start);
      for (std::size_t k = 0; k < count; ++k) line.resize(line.rfind('\t'));
      result += line + "\n";
      start = stop + 1;
    }
    text = result;
  };
  drop_last_line(release.file(T));
  drop_last_line(release.file(FD));
  drop_last_line(release.file("labels_T.txt"));
  for (int k = 0; k < 6; ++k) drop_last_line(release.file("labels_FD.txt"));
  drop_columns(release.file(T), 1);
  drop_columns(release.file(VA), 1);
  drop_columns(release.file(FD), 6);
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->labels.categories.size(), 6U);
  EXPECT_EQ(table->labels.value_added_rows.size(), 6U);
}

TEST(Eora26, SemicolonsDecimalCommasAndSeparatorsAtTheEnd) {
  auto const plain = eora26().read(format);
  ASSERT_TRUE(plain);
  Release release = eora26();
  for (auto const* file : {T, FD, VA}) {
    release.replace_all(file, '\t', ";");
    release.replace_all(file, '\n', ",0;\r\n");
  }
  release.replace_all("labels_T.txt", '\t', ";");
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, plain->Z);
  EXPECT_EQ(table->Y, plain->Y);
  EXPECT_EQ(table->value_added, plain->value_added);
  EXPECT_EQ(table->labels, plain->labels);
}

TEST(Eora26, ReadsFolderWithLabelsBesideAnArchiveOfNumbers) {
  test::TemporaryFolder const folder;
  auto const release = eora26();
  for (auto const& [name, text] : release.files()) test::write_file(folder.file(name), text);
  auto const table = read_table(folder.path());
  ASSERT_TRUE(table) << test::text_of(table.error());
  EXPECT_EQ(table->Z, release.read(format)->Z);
  // A single matrix is recognised, and the message says what is wanted.
  auto const single = read_table(folder.file("Eora26_2015_bp_T.txt"));
  ASSERT_FALSE(single);
  EXPECT_NE(test::text_of(single.error()).find("name the folder"), std::string::npos);
}

TEST(Eora26, OneYearOfSeveral) {
  Release release = eora26();
  for (auto const* block : {"T", "FD", "VA"}) {
    auto text = release.file(std::string("bp_") + block + ".txt");
    for (char& c : text) c = c == '7' ? '8' : c;
    release.add(std::string("Eora26_2014_bp_") + block + ".txt", text);
  }
  auto const both = release.read(format);
  ASSERT_FALSE(both);
  EXPECT_NE(both.error().hint.find("--member"), std::string::npos);
  auto const old = release.read(format, {.member = "Eora26_2014_bp_T.txt"});
  ASSERT_TRUE(old) << test::text_of(old.error());
  EXPECT_EQ(old->info.year, 2014);
  EXPECT_EQ(old->Y(0, 0), 8435);
  auto const fresh = release.read(format, {.member = "Eora26_2015_bp_T.txt"});
  ASSERT_TRUE(fresh) << test::text_of(fresh.error());
  EXPECT_EQ(fresh->Y(0, 0), 7435);
}

TEST(Eora26, RefusesWhatDoesNotFit) {
  auto const refused = [](Release const& each, ErrorCode code, std::string_view text) {
    test::expect_refused(each, format, code, text);
  };
  refused(eora26().remove(FD), ErrorCode::missing_value, "no file of final demand");
  refused(eora26().remove("labels_VA.txt"), ErrorCode::missing_value, "labels_VA.txt");
  refused(eora26().add("Eora26_2014_bp_T.txt", "1\n"), ErrorCode::bad_format,
          "2 files of intermediate flows");
  refused(eora26().replace(T, "9543", "95x43"), ErrorCode::bad_format, "'95x43' is not a number");
  refused(eora26().replace(T, "9543\t", ""), ErrorCode::bad_format,
          "the line has 9 fields, it should have 10");
  refused(eora26().replace(T, "9543", ""), ErrorCode::missing_value, "the cell is empty");
  refused(eora26().replace(T, "9543", "inf"), ErrorCode::bad_value, "not a finite number");
  refused(eora26().replace("labels_T.txt", "Argentina\tARG\tIndustries\tTransport",
                           "Argentina\tARG\tIndustries\tAgriculture"),
          ErrorCode::duplicate_label, "'ARG:Agriculture' appears twice");
  refused(eora26().replace("labels_T.txt", "Argentina\tARG\tIndustries\tTransport\t\r\n", ""),
          ErrorCode::bad_format, "the line has 10");
  refused(eora26().replace("labels_T.txt", "ARG\t", "\t"), ErrorCode::bad_value, "is empty");
  refused(eora26().replace("labels_FD.txt", "BEL", "XYZ"), ErrorCode::unknown_label, "'XYZ'");
  refused(eora26().replace("labels_FD.txt", "P.3n", "P.3h"), ErrorCode::missing_value,
          "not at all");
  auto cut = eora26();
  cut.file(FD).resize(cut.file(FD).rfind('\n', cut.file(FD).size() - 2) + 1);
  refused(cut, ErrorCode::size_mismatch, "ends after 9 lines");
  auto half = eora26();
  half.file(VA).resize(half.file(VA).size() - 12);
  refused(half, ErrorCode::bad_format, "the line has");
  auto longer = eora26();
  longer.file(VA) += "0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n";
  refused(longer, ErrorCode::size_mismatch, "more lines");
  auto empty = eora26();
  empty.file("labels_T.txt") = "\n";
  refused(empty, ErrorCode::missing_value, "holds no label");
}

/// Full Eora: countries with own lists of sectors, one with industries and commodities.
TEST(Eora, KeepsEachCountrysAccounts) {
  Release const release("eora");
  EXPECT_TRUE(format.matches(release.bundle()));
  EXPECT_FALSE(gloria_format().matches(release.bundle()));
  auto const table = release.read(format);
  ASSERT_TRUE(table) << test::text_of(table.error());
  std::vector<std::string> accounts;
  for (std::size_t i = 0; i < table->size(); ++i) {
    accounts.push_back(table->labels.industry_label(i));
  }
  EXPECT_EQ(accounts, (std::vector<std::string>{
                          "AUS:Mining", "AUS:Business services", "AUS:Mining (commodities)",
                          "AUS:Business services (commodities)", "BOL:Agriculture",
                          "BOL:Manufacturing", "BOL:Other", "BOL:Other (2)",
                          "CYP:Food (commodities)", "CYP:Hotels, restaurants (commodities)"}));
  EXPECT_NE(table->info.history.find("1 accounts"), std::string::npos) << table->info.history;
  EXPECT_EQ(table->Z(2, 1), 7895);
  EXPECT_EQ(table->Z(2, 2), 0);
  EXPECT_EQ(table->Z(4, 7), 4787);
  EXPECT_EQ(table->output[0], 111176);
  EXPECT_EQ(table->info.title, "Eora, 2011");
  test::expect_balanced(*table, 1e-9);
}

TEST(Eora, IsNotRecognisedByNamesAlone) {
  EXPECT_FALSE(format.matches(Bundle::of_texts(
      "folder", {{"x_T.txt", "region,sector\n"}, {"labels_T.txt", "a\tb\tc\td\n"}})));
  EXPECT_FALSE(format.matches(Bundle::of_texts("folder", {{"x_T.txt", "1\t2\n"}})));
  EXPECT_FALSE(format.matches(Bundle::of_texts("folder", {})));
}

TEST(Eora, NamesOfServices) {
  for (auto const* name :
       {"Electricity, Gas and Water", "Construction", "Maintenance and Repair", "Wholesale Trade",
        "Retail Trade", "Hotels and Restraurants", "Transport", "Post and Telecommunications",
        "Finacial Intermediation and Business Activities", "Public Administration",
        "Education, Health and Other Services", "Private Households", "Re-export & Re-import",
        "Repair of machinery and equipment", "Road transport"}) {
    EXPECT_TRUE(names_a_service(name)) << name;
  }
  for (auto const* name :
       {"Agriculture", "Fishing", "Mining and Quarrying", "Food & Beverages",
        "Textiles and Wearing Apparel", "Wood and Paper",
        "Petroleum, Chemical and Non-Metallic Mineral Products", "Metal Products",
        "Electrical and Machinery", "Transport Equipment", "Other Manufacturing", "Recycling"}) {
    EXPECT_FALSE(names_a_service(name)) << name;
  }
}

TEST(Eora, SeparatorOfBareNumbers) {
  EXPECT_EQ(separator_of("1,5;2,5;3").separator, ';');
  EXPECT_EQ(separator_of("1,5\t2;5").separator, '\t');
  EXPECT_EQ(separator_of("1,2").separator, ',');
  EXPECT_TRUE(looks_like_numbers("-1.5e-3\t0\t"));
  EXPECT_FALSE(looks_like_numbers("region\t1"));
  EXPECT_FALSE(looks_like_numbers(""));
}

}  // namespace
}  // namespace linchpin
