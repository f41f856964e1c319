// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/matrix_reader_rows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "linchpin/core/random.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

constexpr std::size_t numbers = 1100;  // long enough to be parsed ahead

/// What reading `path` gives: a line for each row with its labels and the sum of its numbers, then
/// the problems.
std::string told(std::filesystem::path const& path, unsigned threads) {
  auto csv = CsvReader::open(path).value();
  ProblemList problems;
  RunControl control;
  control.threads = threads;
  LabelledRows rows(csv, {.labels = 2, .numbers = numbers}, problems, control);
  std::string text;
  for (std::size_t k = 0;; ++k) {
    auto const more = rows.next();
    if (!more) return text + more.error().what;
    if (!*more) break;
    text += fmt::format("{} {}/{}", csv.line_number(), rows.labels()[0], rows.labels()[1]);
    if (k % 7 == 3) {  // not every row is asked for
      text += " left\n";
    } else if (rows.parse()) {
      double sum = 0;
      for (std::size_t j = 0; j < numbers; ++j) sum += static_cast<double>(j % 13) * rows.numbers()[j];
      text += fmt::format(" {:a}\n", sum);
    } else {
      text += " bad\n";
    }
  }
  if (!problems.empty()) text += test::text_of(problems.joined("t.csv"));
  return text;
}

/// 300 rows of several buffers, now and then blank, quoted, too short, with a word for a number, CRLF.
TEST(LabelledRows, RowsParsedAheadAreThoseParsedOneByOne) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Rng rng{Seed{seed}, 0};
    std::string text;
    for (std::size_t i = 0; i < 300; ++i) {
      auto const kind = rng.below(60);
      std::string row = kind == 0 ? fmt::format("\"R \"\"{}\"\"\",c1", i) : fmt::format("R{},c1", i);
      auto const count = kind == 1 ? numbers - 1 : numbers;
      for (std::size_t j = 0; j < count; ++j) {
        bool const word = kind == 2 && j == 500;
        auto const number = fmt::format("{:.6g}", 1e4 * rng.uniform() - 1e3);
        row += word ? ",x" : kind == 3 ? ",\"" + number + "\"" : "," + number;
      }
      if (kind == 4) row += ",";
      text += row + (kind == 5 ? "\r\n" : "\n") + (kind == 6 ? "\n  \n" : "");
    }
    if (seed % 2 == 0) text.pop_back();  // no line break at the end
    test::TemporaryFolder const folder;
    auto const path = test::write_file(folder.path() / "t.csv", text);
    auto const alone = told(path, 1);
    EXPECT_EQ(told(path, 0), alone) << "seed " << seed;
    EXPECT_EQ(told(path, 2), alone) << "seed " << seed;
    EXPECT_NE(alone.find("R299/c1"), std::string::npos);
  }
}

}  // namespace
}  // namespace linchpin
