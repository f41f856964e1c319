// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include "linchpin/table/files/text_sink.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string const wiod_header =
    "country,sector,AAA_c1,AAA_c20,BBB_c1,BBB_c20,AAA_HH,AAA_INV,BBB_HH,BBB_INV,OUTPUT\n";
std::string const wiod_text = wiod_header +
                              "AAA,c1,1,2,3,4,50,-1,6,0,65\n"
                              "AAA,c20,0,1,0,2,30,0,0,0,33\n"
                              "BBB,c1,5,0,2,0,0,0,20,1,28\n"
                              "BBB,c20,0,0,7,3,0,0,40,0,50\n";
std::string const tidy_header = "seller_region,seller_sector,buyer_region,buyer,kind,value\n";

class ReadTable : public ::testing::Test {
 protected:
  Result<Table> read(std::string const& name, std::string_view bytes,
                     ReadOptions const& options = {}) {
    return read_table(test::write_file(folder_.file(name), bytes), options);
  }
  /// Code and all messages of what must fail.
  std::string problem(std::string const& name, std::string_view bytes,
                      ReadOptions const& options = {}) {
    auto const table = read(name, bytes, options);
    EXPECT_FALSE(table.has_value()) << "was accepted: " << name;
    return table ? std::string{} : text_of(table.error());
  }
  std::filesystem::path compressed(std::string const& name, std::string_view text) {
    auto const path = folder_.file(name);
    auto sink = TextSink::create(path);
    EXPECT_TRUE(sink.has_value());
    EXPECT_TRUE(sink->write(text).has_value());
    EXPECT_TRUE(sink->commit().has_value());
    return path;
  }
  test::TemporaryFolder folder_;
};

TEST_F(ReadTable, ReadsWiodWithNamesFlagsAndResidualValueAdded) {
  auto const table = read("wiot_2007.csv", wiod_text);
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->size(), 4U);
  EXPECT_EQ(table->labels.industry_label(2), "BBB:c1");
  EXPECT_EQ(table->Z(0, 3), 4);
  EXPECT_EQ(table->Z(3, 2), 7);
  EXPECT_EQ(table->Y(0, 1), -1);
  EXPECT_EQ(table->Y(2, 3), 1);
  EXPECT_EQ(table->output[3], 50);
  // 65 - (1 + 0 + 5 + 0)
  EXPECT_EQ(table->value_added(0, 0), 59);
  EXPECT_EQ(table->value_added(0, 3), 41);
  EXPECT_EQ(table->labels.sectors[0].name, "Agriculture, Hunting, Forestry and Fishing");
  EXPECT_FALSE(table->labels.sectors[0].service);
  EXPECT_TRUE(table->labels.sectors[1].service);
  EXPECT_FALSE(table->labels.categories[0].inventory_change);
  EXPECT_TRUE(table->labels.categories[1].inventory_change);
  EXPECT_EQ(table->info.year, 2007);
  EXPECT_EQ(table->info.unit, (MonetaryUnit{"USD", 1e6}));
  EXPECT_EQ(table->info.price_basis, "current prices");
  EXPECT_EQ(table->info.licence, "CC BY 4.0");
  EXPECT_THAT(table->info.source, HasSubstr("Review of International Economics 23: 575"));
  EXPECT_THAT(table->info.history, HasSubstr("wiot_2007.csv"));
}

TEST_F(ReadTable, WiodRowsMayComeInAnyOrder) {
  auto const table = read("w.csv", wiod_header +
                                       "BBB,c20,0,0,7,3,0,0,40,0,50\n"
                                       "BBB,c1,5,0,2,0,0,0,20,1,28\n"
                                       "AAA,c20,0,1,0,2,30,0,0,0,33\n"
                                       "AAA,c1,1,2,3,4,50,-1,6,0,65\n");
  auto const sorted = read("w.csv", wiod_text);
  ASSERT_TRUE(table && sorted);
  EXPECT_EQ(*table, *sorted);
  EXPECT_EQ(table->info.year, 0);
}

TEST_F(ReadTable, CompressionIsRecognisedByContent) {
  auto const plain = read("w.csv", wiod_text);
  ASSERT_TRUE(plain);
  for (auto const* extension : {".gz", ".zst"}) {
    auto const path = compressed(std::string{"w.csv"} + extension, wiod_text);
    std::filesystem::rename(path, folder_.file("w.csv"));
    auto const table = read_table(folder_.file("w.csv"));
    ASSERT_TRUE(table) << text_of(table.error());
    EXPECT_EQ(*table, *plain);
  }
}

TEST_F(ReadTable, SeveralGzipMembersAreOneFile) {
  auto const first = test::read_file(compressed("a.gz", wiod_text.substr(0, 100)));
  auto const second = test::read_file(compressed("b.gz", wiod_text.substr(100)));
  auto const table = read("w.csv", first + second);
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->Z(3, 2), 7);
}

TEST_F(ReadTable, AcceptsByteOrderMarkCarriageReturnsQuotesAndBlankLines) {
  std::string text = "\xEF\xBB\xBF" + tidy_header +
                     "\"Korea, Republic\",\"a \"\"b\"\"\", KOR ,c,intermediate,+1.5e1\n\n"
                     "KOR,c,KOR,HH,final,2";
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\r\n");
  }
  auto const table = read("t.csv", text);
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->labels.industry_label(0), "Korea, Republic:a \"b\"");
  EXPECT_EQ(table->Z(0, 1), 15);
  EXPECT_EQ(table->Y(1, 1), 2);
}

/// Miller & Blair (2009), chapter 2: Z = [150 500; 200 100], f = (350, 1700), x = (1000, 2000).
TEST_F(ReadTable, ReadsTidyMillerBlair) {
  auto const table = read_table(LINCHPIN_TEST_CASES "/table/miller_blair.csv");
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_EQ(table->Z(0, 1), 500);
  EXPECT_EQ(table->Z(1, 0), 200);
  EXPECT_EQ(table->Y(1, 0), 1700);
  EXPECT_EQ(table->output[0], 1000);
  EXPECT_EQ(table->output[1], 2000);
  EXPECT_EQ(table->value_added(0, 1), 1400);
  EXPECT_THAT(table->labels.value_added_rows, ElementsAre("VA"));
}

/// "Leather" of the R package decompr; output as printed with one decimal.
TEST_F(ReadTable, ReadsTidyLeather) {
  auto const table = read_table(LINCHPIN_TEST_CASES "/table/leather.csv");
  ASSERT_TRUE(table) << text_of(table.error());
  ASSERT_EQ(table->size(), 9U);
  EXPECT_EQ(table->labels.industry_label(5), "TUR:3");
  EXPECT_EQ(table->labels.regions[1].name, "Türkiye");
  EXPECT_FALSE(table->labels.sectors[2].service) << "plain numbers are no ISIC divisions";
  double const output[] = {77.7, 58.3, 19.0, 112.7, 124.6, 43.2, 156.3, 127.8, 217.0};
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(table->output[i], output[i], 1e-12) << i;
  EXPECT_EQ(table->Z(2, 3), 0.0);  // absent in the file
  EXPECT_EQ(table->value_added(0, 8), 70.5);
}

TEST_F(ReadTable, TidyOrderIsFirstAppearanceGroupedByRegion) {
  auto const table = read("t.csv", tidy_header +
                                       "B,y,A,x,intermediate,1\n"
                                       "A,z,B,w,intermediate,2\n"
                                       "B,y,C,HH,final,3\n"
                                       "C,y,A,inventories,final,-4\n");
  ASSERT_TRUE(table) << text_of(table.error());
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < table->size(); ++i) labels.push_back(table->labels.industry_label(i));
  EXPECT_THAT(labels, ElementsAre("B:y", "B:w", "A:x", "A:z", "C:y"));
  EXPECT_EQ(table->Z(0, 2), 1);
  EXPECT_EQ(table->Z(3, 1), 2);
  EXPECT_EQ(table->Y(0, table->labels.final_column(RegionId{2}, CategoryId{0}).index()), 3);
  EXPECT_EQ(table->Y(4, table->labels.final_column(RegionId{1}, CategoryId{1}).index()), -4);
  EXPECT_TRUE(table->labels.categories[1].inventory_change);
  EXPECT_EQ(table->output[0], 4);
  EXPECT_EQ(table->value_added.rows(), 0U);
}

TEST_F(ReadTable, TidyValueAddedNameMayStandInEitherSellerColumn) {
  auto const table = read("t.csv", tidy_header +
                                       "wages,,A,x,value_added,7\n"
                                       ",profit,A,x,value_added,8\n"
                                       "A,x,A,HH,final,15\n");
  ASSERT_TRUE(table) << text_of(table.error());
  EXPECT_THAT(table->labels.value_added_rows, ElementsAre("wages", "profit"));
  EXPECT_EQ(table->value_added(0, 0), 7);
  EXPECT_EQ(table->value_added(1, 0), 8);
}

TEST_F(ReadTable, ReportsProgressAndObeysCancel) {
  RunControl control;
  std::size_t last = 0, total = 0;
  control.progress = [&](std::string_view, std::size_t done, std::size_t of) {
    last = done;
    total = of;
  };
  std::string text = tidy_header;
  for (int k = 0; k < 70000; ++k) text += "A,x,A,c" + std::to_string(k % 50) + ",final,1\n";
  auto const path = test::write_file(folder_.file("t.csv"), text);
  EXPECT_FALSE(read_table(path, {}, control));  // duplicates; progress came before
  auto const good = test::write_file(folder_.file("w.csv"), [] {
    std::string wide = "country,sector";
    for (int k = 0; k < 64; ++k) wide += ",A_s" + std::to_string(k);
    wide += ",A_HH,OUTPUT\n";
    for (int k = 0; k < 64; ++k) {
      wide += "A,s" + std::to_string(k);
      for (int j = 0; j < 66; ++j) wide += ",1";
      wide += '\n';
    }
    return wide;
  }());
  ASSERT_TRUE(read_table(good, {}, control));
  EXPECT_EQ(last, total);
  EXPECT_GT(total, 0U);
  control.cancel.cancel();
  auto const stopped = read_table(good, {}, control);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST_F(ReadTable, MissingFile) {
  auto const table = read_table(folder_.file("none.csv"));
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, ErrorCode::file_not_found);
  EXPECT_THAT(table.error().where, HasSubstr("none.csv"));
}

TEST_F(ReadTable, FolderPipeAndForbiddenFile) {
  auto const folder = read_table(folder_.path());
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::bad_format);
  EXPECT_THAT(folder.error().what, HasSubstr("holds no file"));
  ASSERT_EQ(::mkfifo(folder_.file("pipe").c_str(), 0600), 0);
  auto const pipe = read_table(folder_.file("pipe"));
  ASSERT_FALSE(pipe);
  EXPECT_EQ(pipe.error().code, ErrorCode::unreadable_file);
  EXPECT_THAT(pipe.error().what, HasSubstr("not a regular file"));
}

TEST_F(ReadTable, EmptyAndUnknownFiles) {
  EXPECT_THAT(problem("e.csv", ""), AllOf(HasSubstr("bad_format"), HasSubstr("empty")));
  EXPECT_THAT(problem("e.csv", "\n\n"), HasSubstr("empty"));
  EXPECT_THAT(problem("u.csv", "a,b,c\n1,2,3\n"),
              AllOf(HasSubstr("not recognised"), HasSubstr("wiod2013, tidy, netcdf")));
  EXPECT_THAT(problem("u.csv",
                      "\xFF\xFE"
                      "a,b"),
              HasSubstr("UTF-16"));
  EXPECT_THAT(problem("w.csv", wiod_text, {.format = "tidi"}),
              AllOf(HasSubstr("bad_value"), HasSubstr("did you mean 'tidy'?")));
  EXPECT_THAT(problem("w.csv", wiod_text, {.format = "tidy"}), HasSubstr("the header is"));
  EXPECT_THAT(problem("t.csv", tidy_header, {.format = "wiod2013"}), HasSubstr("OUTPUT"));
  EXPECT_THAT(problem("t.csv", tidy_header), HasSubstr("no flow"));
}

TEST_F(ReadTable, OneOfSeveralTablesInAFolder) {
  std::filesystem::create_directory(folder_.file("set"));
  test::write_file(folder_.file("set/README.txt"), "two years\n");
  test::write_file(folder_.file("set/wiot_2006.csv"), wiod_text);
  auto const only = read_table(folder_.file("set"));
  ASSERT_TRUE(only) << text_of(only.error());
  EXPECT_EQ(only->info.year, 2006);
  test::write_file(folder_.file("set/wiot_2007.csv"), wiod_text);
  auto const several = read_table(folder_.file("set"));
  ASSERT_FALSE(several);
  EXPECT_THAT(text_of(several.error()), HasSubstr("--member wiot_2006.csv"));
  auto const second =
      read_table(folder_.file("set"), {.format = "wiod2013", .member = "wiot_2007.csv"});
  ASSERT_TRUE(second) << text_of(second.error());
  EXPECT_EQ(second->info.year, 2007);
  EXPECT_THAT(second->info.history, HasSubstr("set:wiot_2007.csv"));
  EXPECT_THAT(problem("w.csv", wiod_text, {.member = "other.csv"}),
              HasSubstr("there is no member 'other.csv'"));
  test::write_file(folder_.file("set/flows.csv"),
                   tidy_header + "A,s,A,s,intermediate,1\nA,s,A,HH,final,2\n");
  auto const tidy = read_table(folder_.file("set"), {.format = "tidy"});
  ASSERT_TRUE(tidy) << text_of(tidy.error());
  EXPECT_EQ(tidy->Z(0, 0), 1);
}

TEST_F(ReadTable, CubesAreNamedAsWhatTheyAre) {
  EXPECT_THAT(problem("c.csv", "exporter,importer,sector,value_musd\nA,A,1,2\n"),
              HasSubstr("cube of bilateral trade"));
}

TEST_F(ReadTable, TruncatedCompressedFiles) {
  for (auto const* extension : {".gz", ".zst"}) {
    auto const bytes = test::read_file(compressed(std::string{"w.csv"} + extension, wiod_text));
    for (std::size_t const size : {bytes.size() / 2, bytes.size() - 1}) {
      EXPECT_THAT(problem("t" + std::string{extension}, bytes.substr(0, size)),
                  AllOf(HasSubstr("unreadable_file"), HasSubstr("truncated")))
          << extension << ' ' << size;
    }
    auto damaged = bytes;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
    EXPECT_THAT(problem("d" + std::string{extension}, damaged),
                HasSubstr("d" + std::string{extension}));
  }
}

TEST_F(ReadTable, RaggedLineAndTextAndNotFiniteNumbersAllAtOnce) {
  auto const text = problem("w.csv", wiod_header +
                                         "AAA,c1,1,2,3,4,50,-1,6,65\n"
                                         "AAA,c20,0,1,x7,2,30,0,0,0,33\n"
                                         "BBB,c1,5,0,2,0,NaN,0,20,-inf,28\n"
                                         "BBB,c20,0,0,7,,1e999,0,40,0,50\n");
  EXPECT_THAT(text, HasSubstr("bad_format | the line has 10 fields, the header has 11"));
  EXPECT_THAT(text, HasSubstr("w.csv:2 |"));
  EXPECT_THAT(text, HasSubstr("'x7' is not a number"));
  EXPECT_THAT(text, HasSubstr("w.csv:3, column 5"));
  EXPECT_THAT(text, HasSubstr("bad_value | 'NaN' is not a finite number"));
  EXPECT_THAT(text, HasSubstr("'-inf' is not a finite number"));
  EXPECT_THAT(text, HasSubstr("'1e999' is not a finite number"));
  EXPECT_THAT(text, HasSubstr("missing_value | the cell is empty"));
  EXPECT_THAT(text, HasSubstr("w.csv:5, column 6"));
}

TEST_F(ReadTable, NumbersMustBeWhollyNumbers) {
  for (auto const* bad :
       {"1.2.3", "0x10", "1,000", "5 5", "--1", "+-1", "1e", "e5", "1_000", "١"}) {
    EXPECT_THAT(problem("t.csv", tidy_header + "A,x,A,HH,final,\"" + bad + "\"\n"),
                HasSubstr("is not a number"))
        << bad;
  }
}

TEST_F(ReadTable, WiodDuplicateMissingAndUnknownLabels) {
  auto header = wiod_header;
  header.replace(header.find("BBB_c20"), 7, "BBB_c1");
  EXPECT_THAT(problem("w.csv", header), HasSubstr("the column 'BBB_c1' appears twice"));
  header = wiod_header;
  header.replace(header.find("BBB_INV"), 7, "BBB_HH");
  EXPECT_THAT(problem("w.csv", header), AllOf(HasSubstr("the column 'BBB_HH' appears twice"),
                                              HasSubstr("there is no column 'BBB_INV'")));
  header = wiod_header;
  header.replace(header.find(",OUTPUT"), 7, "");
  EXPECT_THAT(problem("w.csv", header), HasSubstr("0 columns 'OUTPUT'"));
  header = wiod_header;
  header.replace(header.find("AAA_c1,"), 7, "AAAc1,");
  EXPECT_THAT(problem("w.csv", header), HasSubstr("'AAAc1' is not REGION_SECTOR"));

  auto const text = problem("w.csv", wiod_header +
                                         "AAA,c1,1,2,3,4,50,-1,6,0,65\n"
                                         "AAA,c1,1,2,3,4,50,-1,6,0,65\n"
                                         "BBB,c02,0,0,7,3,0,0,40,0,50\n");
  EXPECT_THAT(text, HasSubstr("the row 'AAA:c1' appears twice, first in line 2"));
  EXPECT_THAT(text, HasSubstr("the row 'BBB:c02' is not an industry of the header"));
  EXPECT_THAT(text, HasSubstr("did you mean 'BBB:c20'?"));
  EXPECT_THAT(problem("w.csv", wiod_text.substr(0, wiod_text.find("BBB,c20"))),
              AllOf(HasSubstr("missing_value"), HasSubstr("there is no row 'BBB:c20'")));
}

TEST_F(ReadTable, TidyDuplicatesAndFaults) {
  auto const duplicate = problem("t.csv", tidy_header +
                                              "A,x,A,x,intermediate,1\n"
                                              "A,x,A,HH,final,1\n"
                                              "A,x,A,x,intermediate,0\n"
                                              "A,x,A,HH,final,2\n");
  EXPECT_THAT(duplicate, HasSubstr("duplicate_label"));
  EXPECT_THAT(duplicate, HasSubstr("A:x -> A:x (intermediate) appears twice, first in line 2"));
  EXPECT_THAT(duplicate, HasSubstr("t.csv:4"));
  EXPECT_THAT(duplicate, HasSubstr("A:x -> A:HH (final) appears twice, first in line 3"));
  auto const text = problem("t.csv", tidy_header +
                                         "A,x,A,x,intermediat,1\n"
                                         ",x,A,x,intermediate,1\n"
                                         "A,x\x01,A,x,intermediate,1\n"
                                         "VA,VA,A,x,value_added,1\n"
                                         "A,x,A,x,intermediate\n"
                                         "A,\"x,A,x,intermediate,1\n"
                                         "A,\"x\"y,A,x,intermediate,1\n");
  EXPECT_THAT(text, HasSubstr("did you mean 'intermediate'?"));
  EXPECT_THAT(text, HasSubstr("the seller_region '' is empty"));
  EXPECT_THAT(text, HasSubstr("holds a control character"));
  EXPECT_THAT(text, HasSubstr("needs the row's name in one of the two seller columns"));
  EXPECT_THAT(text, HasSubstr("the line has 5 fields, it should have 6"));
  EXPECT_THAT(text, HasSubstr("a quote is not closed"));
  EXPECT_THAT(text, HasSubstr("text behind a closing quote"));
  EXPECT_THAT(problem("t.csv", tidy_header + "A,x1,A,x1,intermediate,1\nVA,,A,x2,value_added,1\n"),
              AllOf(HasSubstr("unknown_label"), HasSubstr("neither sells nor buys"),
                    HasSubstr("did you mean 'A:x1'?")));
}

TEST_F(ReadTable, StopsAfterTwentyProblemsAndSaysSo) {
  std::string text = tidy_header;
  for (int k = 0; k < 1000; ++k) text += "A,x,A,x,intermediate,?\n";
  auto const table = read("t.csv", text);
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().further.size(), 20U);
  EXPECT_THAT(table.error().further.back().what, HasSubstr("stopped after 20 problems"));
}

TEST_F(ReadTable, HugeTablesAreRefusedBeforeTheyAreMade) {
  std::string text = tidy_header;
  for (int k = 0; k < 20000; ++k) text += "A,x" + std::to_string(k) + ",A,HH,final,1\n";
  EXPECT_THAT(problem("t.csv", text, {.memory_limit = std::uint64_t{1} << 30}),
              AllOf(HasSubstr("too_large"), HasSubstr("20000 industries")));
}

TEST_F(ReadTable, EndlessLineIsRefused) {
  // 80 MiB of one line, a few kilobytes as zstd: the bound holds for what comes out.
  auto sink = TextSink::create(folder_.file("long.csv.zst"));
  ASSERT_TRUE(sink);
  std::string const piece(std::size_t{1} << 20, '7');
  ASSERT_TRUE(sink->write(wiod_header));
  for (int k = 0; k < 80; ++k) ASSERT_TRUE(sink->write(piece));
  ASSERT_TRUE(sink->commit());
  auto const table = read_table(folder_.file("long.csv.zst"));
  ASSERT_FALSE(table);
  EXPECT_THAT(text_of(table.error()), AllOf(HasSubstr("longer than 64 MiB"), HasSubstr(".zst:2")));
}

}  // namespace
}  // namespace linchpin
