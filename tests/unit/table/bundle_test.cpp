// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/bundle.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/table_fixtures.h"

namespace linchpin {
namespace {

using test::text_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Members = std::vector<std::pair<std::string, std::string>>;

/// Ends the life of `writer`.
void write_members(archive* writer, std::filesystem::path const& path, Members const& members) {
  archive_write_open_filename(writer, path.c_str());
  for (auto const& [name, text] : members) {
    auto* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
}

std::filesystem::path write_zip(std::filesystem::path const& path, Members const& members) {
  auto* const writer = archive_write_new();
  archive_write_set_format_zip(writer);
  write_members(writer, path, members);
  return path;
}

std::string problem_of(std::filesystem::path const& path) {
  auto const bundle = Bundle::open(path);
  EXPECT_FALSE(bundle.has_value()) << "was accepted: " << path;
  return bundle ? std::string{} : text_of(bundle.error());
}

TEST(Bundle, FileFolderAndArchiveLookAlike) {
  test::TemporaryFolder folder;
  std::filesystem::create_directory(folder.file("set"));
  std::filesystem::create_directory(folder.file("set/deep"));
  test::write_file(folder.file("set/Z.txt"), "a\tb\n1\t2\n");
  test::write_file(folder.file("set/deep/F.txt"), "c\n");
  auto const zip =
      write_zip(folder.file("set.zip"), {{"deep/F.txt", "c\n"}, {"Z.txt", "a\tb\n1\t2\n"}});
  for (auto const& path : {folder.file("set"), zip}) {
    auto const bundle = Bundle::open(path);
    ASSERT_TRUE(bundle) << text_of(bundle.error());
    EXPECT_FALSE(bundle->single_file());
    EXPECT_THAT(bundle->members(), ElementsAre("Z.txt", "deep/F.txt"));
    EXPECT_EQ(bundle->find("f.TXT"), "deep/F.txt");
    EXPECT_EQ(bundle->find("A.txt"), std::nullopt);
    EXPECT_EQ(bundle->first_line("Z.txt"), "a\tb");
    EXPECT_EQ(*bundle->read_text("deep/F.txt"), "c\n");
    auto csv = bundle->open_csv("Z.txt", {'\t'});
    ASSERT_TRUE(csv);
    ASSERT_TRUE(*csv->next());
    ASSERT_TRUE(csv->split());
    EXPECT_THAT(csv->fields(), ElementsAre("a", "b"));
  }
  auto const file = Bundle::open(folder.file("set/Z.txt"));
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->single_file());
  EXPECT_THAT(file->members(), ElementsAre("Z.txt"));
}

TEST(Bundle, NamesThatLeaveTheArchiveAreRefused) {
  test::TemporaryFolder folder;
  for (std::string const name :
       {"../out.csv", "a/../../out.csv", "/etc/out.csv", "C:/out.csv", "a\\..\\..\\out.csv"}) {
    auto const zip = write_zip(folder.file("bad.zip"), {{name, "x\n"}});
    EXPECT_THAT(problem_of(zip), HasSubstr("whose name")) << name;
  }
}

TEST(Bundle, DamagedArchivesAreErrors) {
  test::TemporaryFolder folder;
  auto const zip = write_zip(folder.file("good.zip"), {{"Z.txt", std::string(5000, 'x')}});
  auto const bytes = test::read_file(zip);
  for (std::size_t const size : {std::size_t{30}, bytes.size() / 2, bytes.size() - 10}) {
    auto const cut = test::write_file(folder.file("cut.zip"), bytes.substr(0, size));
    auto const bundle = Bundle::open(cut);
    if (!bundle) continue;  // usually; what can still be listed must fail or be whole when read
    for (auto const& member : bundle->members()) {
      auto const text = bundle->read_text(member);
      EXPECT_EQ(text.value_or(std::string(5000, 'x')), std::string(5000, 'x'));
    }
  }
  test::write_file(folder.file("junk.zip"), "PK\x03\x04 this is no archive");
  EXPECT_THAT(problem_of(folder.file("junk.zip")), HasSubstr("archive"));
}

// `printf 'a,b\n1,2\n' | gzip -n`
std::string const gzip_bytes(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xd4\x49\xe2\x32\xd4\x31\xe2\x02\x00\x7b\x07\x97"
    "\x0a\x08\x00\x00\x00",
    28);

TEST(Bundle, ZerosAfterGzipDataArePassedOver) {
  test::TemporaryFolder folder;
  auto const read = [&](std::string const& bytes) {
    auto const bundle = Bundle::open(test::write_file(folder.file("t.csv.gz"), bytes));
    EXPECT_TRUE(bundle);
    auto const text = bundle->read_text("t.csv.gz");
    return text ? *text : text_of(text.error());
  };
  std::string const padding(300'000, '\0');  // more than one buffer
  EXPECT_EQ(read(gzip_bytes), "a,b\n1,2\n");
  EXPECT_EQ(read(gzip_bytes + gzip_bytes), "a,b\n1,2\na,b\n1,2\n");
  EXPECT_EQ(read(gzip_bytes + padding), "a,b\n1,2\n");
  EXPECT_EQ(read(gzip_bytes + std::string(1, '\0')), "a,b\n1,2\n");
  EXPECT_THAT(read(gzip_bytes + padding + "x"), HasSubstr("something else follows"));
  EXPECT_THAT(read(gzip_bytes + padding + gzip_bytes), HasSubstr("something else follows"));
  EXPECT_THAT(read(gzip_bytes + "x"), HasSubstr("something else follows"));
  EXPECT_THAT(read(gzip_bytes + "\x1f" + "x" + padding), HasSubstr("damaged"));
  EXPECT_THAT(read(gzip_bytes + gzip_bytes.substr(0, 20)), HasSubstr("end early"));
}

TEST(Bundle, XzAndBzip2AreReadAroundTarAndNamedOtherwise) {
  test::TemporaryFolder folder;
  for (auto const& [filter, program] :
       {std::pair{ARCHIVE_FILTER_XZ, "xz"}, std::pair{ARCHIVE_FILTER_BZIP2, "bzip2"}}) {
    for (bool const tar : {true, false}) {
      auto const path = folder.file("set");
      auto* const writer = archive_write_new();
      archive_write_add_filter(writer, filter);
      (tar ? archive_write_set_format_ustar : archive_write_set_format_raw)(writer);
      write_members(writer, path, {{"Z.txt", "a,b\n1,2\n"}});
      if (tar) {
        auto const bundle = Bundle::open(path);
        ASSERT_TRUE(bundle) << text_of(bundle.error());
        EXPECT_EQ(*bundle->read_text("Z.txt"), "a,b\n1,2\n");
      } else {
        EXPECT_THAT(problem_of(path), HasSubstr(std::string{"compressed with "} + program));
      }
    }
  }
}

TEST(Bundle, DialectFollowsTheHeader) {
  EXPECT_EQ(dialect_of("a;b;c").separator, ';');
  EXPECT_EQ(dialect_of("a\tb c\td").separator, '\t');
  EXPECT_EQ(dialect_of("a,\"b;c;d;e\",f").separator, ',');
  EXPECT_EQ(dialect_of("single").separator, ',');
}

TEST(Bundle, DecimalCommasCountWhereCommasDoNotSeparate) {
  double value = 0;
  EXPECT_EQ(parse_number("1,5", {';'}, value), NumberFault::none);
  EXPECT_EQ(value, 1.5);
  EXPECT_EQ(parse_number("-2,5e3", {'\t'}, value), NumberFault::none);
  EXPECT_EQ(value, -2500);
  EXPECT_EQ(parse_number("1,234,5", {';'}, value), NumberFault::not_a_number);
  EXPECT_EQ(parse_number("1.234,5", {';'}, value), NumberFault::not_a_number);
  EXPECT_EQ(parse_number("1,5", {','}, value), NumberFault::not_a_number);
}

}  // namespace
}  // namespace linchpin
