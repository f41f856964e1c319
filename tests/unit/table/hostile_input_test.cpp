// SPDX-License-Identifier: Apache-2.0
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/table/check.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/formats/formats.h"
#include "linchpin/table/mapping.h"
#include "linchpin/table/read.h"
#include "support/format_fixtures.h"

namespace linchpin {
namespace {

constexpr std::uint64_t mebi = std::uint64_t{1} << 20;

/// As many of one byte as asked for, without holding them: memory is what the reader keeps.
class Endless final : public ByteSource {
 public:
  Endless(std::string start, char fill, std::uint64_t size)
      : start_(std::move(start)), fill_(fill), left_(size) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    auto const count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left_));
    std::memset(buffer.data(), fill_, count);
    auto const head = start_.copy(buffer.data(), count);
    start_.erase(0, head);
    left_ -= count;
    given_ += count;
    largest_ = std::max(largest_, buffer.size());
    return count;
  }
  std::uint64_t consumed() const noexcept override { return given_; }
  std::uint64_t file_size() const noexcept override { return given_ + left_; }
  [[nodiscard]] std::size_t largest_request() const noexcept { return largest_; }

 private:
  std::string start_;
  char fill_;
  std::uint64_t left_;
  std::uint64_t given_ = 0;
  std::size_t largest_ = 0;
};

std::string gzip_of(std::string const& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string result(deflateBound(&stream, text.size()), '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

/// A gzip file of `count` times `piece`: members of gzip files follow each other.
std::string gzip_of_many(std::string const& piece, std::size_t count) {
  auto const member = gzip_of(piece);
  std::string result;
  for (std::size_t k = 0; k < count; ++k) result += member;
  return result;
}

struct Member {
  std::string name;
  std::string text;
  std::uint64_t repeat = 1;  // text is written so many times
};

/// Writes an archive; `tar_zstd` instead of zip compresses a long run of zeros 10,000 times.
std::filesystem::path write_archive(std::filesystem::path const& path,
                                    std::vector<Member> const& members, bool tar_zstd = false) {
  std::unique_ptr<archive, int (*)(archive*)> const writer(archive_write_new(), archive_write_free);
  if (tar_zstd) {
    archive_write_set_format_ustar(writer.get());
    archive_write_add_filter_zstd(writer.get());
  } else {
    archive_write_set_format_zip(writer.get());
  }
  EXPECT_EQ(archive_write_open_filename(writer.get(), path.c_str()), ARCHIVE_OK);
  for (auto const& member : members) {
    std::unique_ptr<archive_entry, void (*)(archive_entry*)> const entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_size(entry.get(),
                           static_cast<la_int64_t>(member.text.size() * member.repeat));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    EXPECT_EQ(archive_write_header(writer.get(), entry.get()), ARCHIVE_OK);
    for (std::uint64_t k = 0; k < member.repeat; ++k) {
      archive_write_data(writer.get(), member.text.data(), member.text.size());
    }
  }
  EXPECT_EQ(archive_write_close(writer.get()), ARCHIVE_OK);
  return path;
}

/// What read_table says of `path`.
Error refused(std::filesystem::path const& path, ReadOptions const& options = {}) {
  auto const table = read_table(path, options);
  EXPECT_FALSE(table) << path << " was read";
  if (table) return {ErrorCode::internal, "", "", "", {}};
  EXPECT_TRUE(is_input_error(table.error().code)) << test::text_of(table.error());
  return table.error();
}

std::string utf16(std::string const& text, bool little) {
  std::string result = little ? "\xFF\xFE" : "\xFE\xFF";
  for (char const c : text) {
    result += little ? std::string{c, '\0'} : std::string{'\0', c};
  }
  return result;
}

TEST(HostileInput, LineOfAGigabyteStopsAtTheLimit) {
  auto source = std::make_unique<Endless>("country,sector,", 'x', 1024 * mebi);
  auto const* const watched = source.get();
  CsvReader csv("line.csv", std::move(source));
  auto const more = csv.next();
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::bad_format);
  EXPECT_EQ(more.error().what, "the line is longer than 64 MiB");
  EXPECT_EQ(more.error().where, "line.csv:1");
  EXPECT_LE(watched->consumed(), CsvReader::longest_line);
  EXPECT_LE(watched->largest_request(), CsvReader::longest_line);
}

TEST(HostileInput, LineOfAGigabyteInASmallFile) {
  test::TemporaryFolder const folder;
  auto const path =
      test::write_file(folder.file("line.csv.gz"), gzip_of_many(std::string(mebi, 'x'), 1024));
  EXPECT_LT(std::filesystem::file_size(path), 2 * mebi);
  EXPECT_NE(test::text_of(refused(path)).find("longer than 64 MiB"), std::string::npos);
}

TEST(HostileInput, BlankLinesWithoutEnd) {
  CsvReader csv("blank.csv", std::make_unique<Endless>("", '\n', 1024 * mebi));
  auto const more = csv.next();
  ASSERT_FALSE(more);
  EXPECT_NE(more.error().what.find("blank lines"), std::string::npos);
  test::TemporaryFolder const folder;
  auto const path =
      test::write_file(folder.file("blank.csv.gz"), gzip_of_many(std::string(mebi, '\n'), 1024));
  EXPECT_NE(test::text_of(refused(path)).find("blank lines"), std::string::npos);
}

TEST(HostileInput, TenMillionColumns) {
  std::string columns;
  columns.reserve(20'000'000);
  for (int k = 0; k < 10'000'000; ++k) columns += "0,";
  auto const many = [&](TableFormat const& format, std::string member, std::string start,
                        std::vector<std::pair<std::string, std::string>> others = {}) {
    others.emplace_back(std::move(member), start + columns + "\n");
    auto const bundle = Bundle::of_texts("release", std::move(others));
    auto const table = format.read(bundle, {}, {});
    ASSERT_FALSE(table) << format.name;
    EXPECT_NE(test::text_of(table.error()).find("over 1000000 fields"), std::string::npos)
        << format.name << ": " << test::text_of(table.error());
  };
  many(wiod2013_format(), "x.csv", "country,sector,");
  many(figaro_format(), "x.csv", "rowLabels,AT_A01,AT_P3_S14,");
  test::Release eora("eora26");
  eora.remove("bp_T.txt");
  many(eora_format(), "Eora26_2015_bp_T.txt", "0,", eora.files());
}

TEST(HostileInput, MillionsOfLabels) {
  std::string lines;
  for (int k = 0; k < 300'000; ++k) lines += "C\tC\tIndustries\t" + std::to_string(k) + "\n";
  test::Release eora("eora26");
  eora.file("labels_T.txt") = lines;
  test::expect_refused(eora, eora_format(), ErrorCode::too_large, "over 200000 labels");
  test::Release gloria("gloria");
  gloria.file("regions.csv") = lines;
  test::expect_refused(gloria, gloria_format(), ErrorCode::too_large, "over 200000 labels");
  std::string few;
  for (int k = 0; k < 20'000; ++k) few += "S" + std::to_string(k) + "\n";
  test::Release product("gloria");
  product.file("regions.csv") = few;
  product.file("sectors.csv") = few;
  test::expect_refused(product, gloria_format(), ErrorCode::too_large, "over 200000 rows");
}

TEST(HostileInput, ZipBomb) {
  test::TemporaryFolder const folder;
  // Zeros, a thousand times their compressed size: as a stream it is one line, which ends it.
  auto const zip =
      write_archive(folder.file("bomb.zip"), {{"table.csv", std::string(mebi, '\0'), 80}});
  EXPECT_LT(std::filesystem::file_size(zip), mebi / 8);
  EXPECT_NE(test::text_of(refused(zip, {.format = "tidy"})).find("longer than 64 MiB"),
            std::string::npos);
  // More data than the compressed bytes of any table make, in front of the file of interest.
  auto const tar = write_archive(folder.file("bomb.tar.zst"),
                                 {{"filler.csv", std::string(mebi, '0'), 300},
                                  {"table.csv", "country,sector,A_c1,A_HH,OUTPUT\n"}},
                                 true);
  EXPECT_LT(std::filesystem::file_size(tar), mebi / 8);
  EXPECT_NE(test::text_of(refused(tar)).find("the data grow over"), std::string::npos);
}

TEST(HostileInput, ThousandsOfMembers) {
  // Opening one means searching the archive from its front: hours, were it done for each.
  test::TemporaryFolder const folder;
  for (bool const tar : {false, true}) {
    std::vector<Member> files;
    for (int k = 0; k < 9'999; ++k) files.push_back({std::to_string(k) + ".csv", "a,b\n1,2\n"});
    auto const path = write_archive(folder.file("many"), files, tar);
    EXPECT_NE(test::text_of(refused(path)).find("and 9994 more files"), std::string::npos);
  }
}

TEST(HostileInput, PathsThatLeaveTheArchive) {
  test::TemporaryFolder const folder;
  for (auto const* name : {"../up.csv", "a/../../up.csv", "/root.csv", "C:/up.csv", "..\\up.csv"}) {
    auto const path =
        write_archive(folder.file("climb.zip"), {{name, "country,sector,A_c1,A_HH,OUTPUT\n"}});
    auto const error = refused(path);
    EXPECT_EQ(error.code, ErrorCode::bad_format) << name;
    EXPECT_NE(error.what.find("whose name"), std::string::npos) << test::text_of(error);
  }
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"climb.zip"}));
}

/// Forms in which people save the same numbers. `good` says whether they can be read.
struct Disguise {
  char const* name;
  std::function<std::string(std::string)> apply;
  bool good;
  char const* message = "";
};

std::vector<Disguise> const& disguises() {
  static auto const replaced = [](std::string text, std::string const& old,
                                  std::string const& fresh) {
    for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos; at += fresh.size()) {
      text.replace(at, old.size(), fresh);
    }
    return text;
  };
  static std::vector<Disguise> const all{
      {"byte-order mark", [](std::string text) { return "\xEF\xBB\xBF" + text; }, true},
      {"CRLF", [](std::string text) { return replaced(text, "\n", "\r\n"); }, true},
      {"no line break at the end",
       [](std::string text) {
         text.pop_back();
         return text;
       },
       true},
      {"blank lines", [](std::string text) { return "\n\n" + replaced(text, "\n", "\n \n"); },
       true},
      {"exponents", [](std::string text) { return replaced(text, ",273.25,", ",2.7325e2,"); },
       true},
      {"capital exponents and signs",
       [](std::string text) { return replaced(text, ",273.25,", ",+27325E-2,"); }, true},
      {"quoted fields", [](std::string text) { return replaced(text, ",273.25,", ",\"273.25\","); },
       true},
      {"blanks around fields",
       [](std::string text) { return replaced(text, ",273.25,", ", 273.25 ,"); }, true},
      {"semicolons and decimal commas",
       [](std::string text) { return replaced(replaced(text, ",", ";"), ".", ","); }, true},
      {"tabs", [](std::string text) { return replaced(text, ",", "\t"); }, true},
      {"UTF-16, little end first", [](std::string text) { return utf16(text, true); }, false,
       "UTF-16"},
      {"UTF-16, big end first", [](std::string text) { return utf16(text, false); }, false,
       "UTF-16"},
      {"decimal commas between commas",
       [](std::string text) { return replaced(text, ",273.25,", ",273,25,"); }, false, "fields"},
      {"thousands between quotes",
       [](std::string text) { return replaced(text, ",273.25,", ",\"1,273.25\","); }, false,
       "'1,273.25' is not a number"},
      {"open quote", [](std::string text) { return replaced(text, ",273.25,", ",\"273.25,"); },
       false, "not closed"},
      {"no number", [](std::string text) { return replaced(text, ",273.25,", ",1.2.3,"); }, false,
       "'1.2.3' is not a number"},
      {"too large a number", [](std::string text) { return replaced(text, ",273.25,", ",1e999,"); },
       false, "not a finite number"},
      {"hexadecimal", [](std::string text) { return replaced(text, ",273.25,", ",0x10,"); }, false,
       "'0x10' is not a number"},
      {"zero byte",
       [](std::string text) { return replaced(text, ",273.25,", std::string{",27\0,", 5}); }, false,
       "is not a number"},
      {"old Mac line ends", [](std::string text) { return replaced(text, "\n", "\r"); }, false, ""},
  };
  return all;
}

TEST(HostileInput, DisguisesAreReadRightOrRefused) {
  test::Release figaro("figaro");
  figaro.remove("flatfile_eu-ic-io_ind-by-ind_24ed_2019.csv");
  constexpr auto* name = "matrix_eu-ic-io_ind-by-ind_24ed_2019.csv";
  auto const good = figaro.read(figaro_format());
  ASSERT_TRUE(good);
  test::TemporaryFolder const folder;
  for (auto const& disguise : disguises()) {
    auto const path = test::write_file(folder.file(name), disguise.apply(figaro.file(name)));
    auto const table = read_table(path, {});
    if (disguise.good) {
      ASSERT_TRUE(table) << disguise.name << ": " << test::text_of(table.error());
      EXPECT_EQ(table->Z, good->Z) << disguise.name;
      EXPECT_EQ(table->Y, good->Y) << disguise.name;
      EXPECT_EQ(table->labels, good->labels) << disguise.name;
      EXPECT_EQ(table->output, good->output) << disguise.name;
    } else {
      ASSERT_FALSE(table) << disguise.name;
      EXPECT_NE(test::text_of(table.error()).find(disguise.message), std::string::npos)
          << disguise.name << ": " << test::text_of(table.error());
    }
  }
}

/// Changes a few bytes of a text.
std::string mutated(std::string text, Rng& rng) {
  constexpr std::array<std::string_view, 12> tokens{
      ",", "\n", "\"", "nan", "1e999", "-", "\t", ";", "ROW", "\xFF", "_", "99999999999999999999"};
  for (auto rounds = 1 + rng.below(3); rounds > 0 && !text.empty(); --rounds) {
    auto const at = static_cast<std::size_t>(rng.below(text.size()));
    auto const length = 1 + static_cast<std::size_t>(rng.below(24));
    switch (rng.below(5)) {
      case 0:
        text[at] = static_cast<char>(rng.below(256));
        break;
      case 1:
        text.resize(at);
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(at / 2, length * 4));
        break;
      default:
        text.insert(at, tokens[static_cast<std::size_t>(rng.below(tokens.size()))]);
    }
  }
  return text;
}

void attack(char const* folder, TableFormat const& format, int rounds, std::uint64_t stream) {
  test::Release const good(folder);
  Rng rng(Seed{2024}, stream);
  int read = 0;
  for (int round = 0; round < rounds; ++round) {
    auto files = good.files();
    auto& file = files[static_cast<std::size_t>(rng.below(files.size()))];
    file.second = mutated(file.second, rng);
    if (rng.below(20) == 0) files.erase(files.begin());
    auto const bundle = Bundle::of_texts("release", std::move(files));
    (void)format.matches(bundle);
    auto const table = format.read(bundle, {.memory_limit = 64 * mebi}, {});
    if (table) {
      (void)check_table(*table);
      ++read;
      continue;
    }
    EXPECT_FALSE(table.error().what.empty());
    EXPECT_FALSE(table.error().where.empty());
    EXPECT_FALSE(table.error().hint.empty());
    EXPECT_TRUE(is_input_error(table.error().code)) << test::text_of(table.error());
  }
  // Some changes are harmless (a digit for a digit), most are not.
  EXPECT_LT(read, rounds);
}

TEST(HostileInput, MutatedEora26) { attack("eora26", eora_format(), 800, 1); }
TEST(HostileInput, MutatedEora) { attack("eora", eora_format(), 800, 2); }
TEST(HostileInput, MutatedGloria) { attack("gloria", gloria_format(), 800, 3); }
TEST(HostileInput, MutatedFigaro) {
  for (auto const* other :
       {"flatfile_eu-ic-io_ind-by-ind_24ed_2019.csv", "matrix_eu-ic-io_ind-by-ind_24ed_2019.csv"}) {
    test::Release const good = std::move(test::Release("figaro").remove(other));
    Rng rng(Seed{2024}, 4);
    for (int round = 0; round < 500; ++round) {
      auto files = good.files();
      files.front().second = mutated(files.front().second, rng);
      auto const bundle = Bundle::of_texts("release", std::move(files));
      auto const table = figaro_format().read(bundle, {.memory_limit = 64 * mebi}, {});
      if (table) {
        (void)check_table(*table);
      } else {
        EXPECT_TRUE(is_input_error(table.error().code)) << test::text_of(table.error());
        EXPECT_FALSE(table.error().hint.empty());
      }
    }
  }
}
TEST(HostileInput, MutatedAdbMrio) { attack("adb_mrio", adb_mrio_format(), 800, 5); }

}  // namespace
}  // namespace linchpin
