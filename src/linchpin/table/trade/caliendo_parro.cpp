// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/caliendo_parro.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/files/csv.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/trade/check_accounts.h"
#include "linchpin/table/trade/some_labels.h"

namespace linchpin {
namespace {

constexpr std::array regions{"ARG", "AUS", "AUT", "BRA", "CAN", "CHL", "CHN", "DNK",
                             "FIN", "FRA", "DEU", "GRC", "HUN", "IND", "IDN", "IRL",
                             "ITA", "JPN", "KOR", "MEX", "NLD", "NZL", "NOR", "PRT",
                             "ZAF", "ESP", "SWE", "TUR", "GBR", "USA", "ROW"};
constexpr std::array sectors{"Agriculture",
                             "Mining",
                             "Food",
                             "Textile",
                             "Wood",
                             "Paper",
                             "Petroleum",
                             "Chemicals",
                             "Plastic",
                             "Minerals",
                             "Basic metals",
                             "Metal products",
                             "Machinery",
                             "Office",
                             "Electrical",
                             "Communication",
                             "Medical",
                             "Auto",
                             "Other transport",
                             "Other",
                             "Electricity",
                             "Construction",
                             "Retail",
                             "Hotels",
                             "Land transport",
                             "Water transport",
                             "Air transport",
                             "Auxiliary transport",
                             "Post",
                             "Finance",
                             "Real estate",
                             "Renting",
                             "Computer",
                             "R&D",
                             "Other business",
                             "Public",
                             "Education",
                             "Health",
                             "Other services",
                             "Private"};
constexpr std::size_t N = regions.size();
constexpr std::size_t J = sectors.size();
constexpr std::size_t traded = 20;
constexpr double theta_of_services = 8.22;
constexpr double trade_unit = 1000;  // of the files of trade, in the unit of output
// Rounding of the published shares is 1e-6; one cell is -8e-4.
constexpr double share_slack = 1e-2;

// Far beyond every number of the files, and far from overflow when they are added up.
constexpr double most = 1e20;

/// One file: how many numbers it should have, and which are possible.
struct Grid {
  std::string file;
  std::size_t rows, columns;
  double lowest, highest;
  char const* hint;
};

std::string_view next_line(std::string_view& text) {
  auto const stop = std::min(text.find('\n'), text.size());
  auto const line = text.substr(0, stop);
  text.remove_prefix(std::min(stop + 1, text.size()));
  return line;
}

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<std::string_view> words;
  auto start = line.find_first_not_of(blanks);
  while (start != std::string_view::npos) {
    auto const stop = std::min(line.find_first_of(blanks, start), line.size());
    words.push_back(line.substr(start, stop - start));
    start = line.find_first_not_of(blanks, stop);
  }
  return words;
}

class FolderReader {
 public:
  explicit FolderReader(Bundle bundle) : bundle_(std::move(bundle)) {}

  /// All numbers of a file, row by row; of no use if there are problems.
  DenseVector read(Grid const& grid) {
    DenseVector values(grid.rows * grid.columns, 0.0);
    auto const member = bundle_.find(grid.file);
    if (!member) {
      problems_.add(ErrorCode::file_not_found, fmt::format("there is no {}", grid.file),
                    bundle_.name(),
                    "the folder has xbilat, tariffs, IO, B, GO and T as .txt files");
      return values;
    }
    auto const text = bundle_.read_text(*member);
    if (!text) {
      problems_.add(text.error().code, text.error().what, text.error().where, text.error().hint);
      return values;
    }
    std::string_view rest = *text;
    std::size_t row = 0;
    ErrorList found;
    for (std::size_t number = 1; !rest.empty(); ++number) {
      auto const words = words_of(next_line(rest));
      if (words.empty()) continue;
      if (row < grid.rows) read_line(grid, words, number, row, values, found);
      ++row;
    }
    take_some(found, grid);
    if (row != grid.rows) {
      problems_.add(ErrorCode::bad_format,
                    fmt::format("{} lines of numbers, expected {}", row, grid.rows),
                    place(grid.file), "the file is another one, or cut short");
    }
    return values;
  }

  /// Tariffs of a year as shares, all sectors.
  DenseVector tariffs(int year) {
    Grid const grid{fmt::format("tariffs{}.txt", year),
                    traded * N,
                    N,
                    0,
                    most,
                    "tariffs are per cent of the value, 0 or more"};
    auto const per_cent = read(grid);
    ErrorList found;
    DenseVector shares(J * N * N, 0.0);
    for (std::size_t k = 0; k < per_cent.size(); ++k) {
      shares[k] = per_cent[k] / 100;
      bool const home = (k / N) % N == k % N;
      if (!home || shares[k] == 0) continue;
      found.add(ErrorCode::bad_value, "a tariff of a region on its own goods",
                fmt::format("{}: {}, {}", place(grid.file), regions[k % N], sectors[k / N / N]),
                "leave the diagonal 0");
    }
    take_some(found, grid);
    return shares;
  }

  void check_year(int year) {
    if (year == 1993 || year == 2005) return;
    problems_.add(ErrorCode::bad_value, fmt::format("there are no data of {}", year),
                  bundle_.name(), "trade and tariffs are of 1993 or 2005");
  }
  void problem(std::string what, std::string where, char const* hint) {
    problems_.add(ErrorCode::bad_value, std::move(what), std::move(where), hint);
  }
  [[nodiscard]] std::string place(std::string const& file) const {
    return fmt::format("{}/{}", bundle_.name(), file);
  }
  [[nodiscard]] bool good() const { return problems_.empty(); }
  [[nodiscard]] Error error() const { return problems_.joined(bundle_.name()); }

 private:
  void read_line(Grid const& grid, std::vector<std::string_view> const& words, std::size_t number,
                 std::size_t row, DenseVector& values, ErrorList& found) {
    auto const where = fmt::format("{}:{}", place(grid.file), number);
    if (words.size() != grid.columns) {
      found.add(ErrorCode::bad_format,
                fmt::format("{} numbers, expected {}", words.size(), grid.columns), where,
                "the file is another one, or damaged");
      return;
    }
    for (std::size_t c = 0; c < words.size(); ++c) {
      auto& value = values[row * grid.columns + c];
      auto const here = [&] { return fmt::format("{}, number {}", where, c + 1); };
      if (auto const fault = parse_number(words[c], value); fault != NumberFault::none) {
        found.add(describe(fault, words[c], here()));
      } else if (value < grid.lowest || value > grid.highest) {
        found.add(ErrorCode::bad_value, fmt::format("the number is {}", value), here(), grid.hint);
      }
    }
  }

  /// The first of a file's problems, so that those of other files are seen too.
  void take_some(ErrorList const& found, Grid const& grid) {
    constexpr std::size_t shown = 3;
    if (found.empty()) return;
    auto const first = found.joined();
    auto const take = [&](Error const& error) {
      problems_.add(error.code, error.what, error.where, error.hint);
    };
    take(first);
    for (std::size_t k = 0; k < std::min(first.further.size(), shown - 1); ++k) {
      take(first.further[k]);
    }
    if (found.size() <= shown) return;
    problems_.add(first.code, fmt::format("{} more problems", found.size() - shown),
                  place(grid.file), "mend these first, then read the file again");
  }

  Bundle bundle_;
  ProblemList problems_;
};

std::string label(std::size_t region, std::size_t sector) {
  return fmt::format("{}:{}", regions[region], sectors[sector]);
}

/// Trade between regions and sales at home, from output and exports.
void add_trade(DenseVector const& imports, DenseVector const& published_output,
               TradeAccounts& accounts) {
  accounts.trade.assign(J * N * N, 0.0);
  double raised_by = 0, at_home = 0;
  std::vector<std::string> raised, none_at_home;
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t i = 0; i < N; ++i) {
      double exports = 0;
      for (std::size_t n = 0; n < N && j < traded; ++n) {
        double const value = imports[(j * N + n) * N + i] * trade_unit;
        if (n == i) {
          at_home += value;
          continue;
        }
        accounts.trade[accounts.cell(j, n, i)] = value;
        exports += value;
      }
      double const output = published_output[j * N + i];
      if (exports > output) {
        raised.push_back(label(i, j));
        raised_by += exports - output;
      }
      double const domestic = std::max(output, exports) - exports;
      accounts.trade[accounts.cell(j, i, i)] = domestic;
      if (domestic == 0) none_at_home.push_back(label(i, j));
    }
  }
  auto& said = accounts.adjustments;
  if (!raised.empty()) {
    said.push_back(
        fmt::format("output raised to exports in {} of {} cells, by {:.4g} USD in all: {}",
                    raised.size(), N * J, raised_by, some_labels(raised)));
  }
  if (!none_at_home.empty()) {
    said.push_back(fmt::format("no sales at home in {} of {} cells: {}", none_at_home.size(), N * J,
                               some_labels(none_at_home)));
  }
  if (at_home > 0) {
    said.push_back(
        fmt::format("imports of a region from itself left out: {:.4g} USD in all", at_home));
  }
}

/// Shares of inputs from [region][input][user] to [region][user][input], each user's summing to 1.
void add_input_shares(DenseVector const& io, FolderReader& folder, TradeAccounts& accounts) {
  accounts.input_shares.assign(N * J * J, 0.0);
  std::vector<std::string> clipped;
  double lowest = 0;
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t user = 0; user < J; ++user) {
      auto* const shares = accounts.input_shares.data() + (n * J + user) * J;
      double sum = 0;
      for (std::size_t k = 0; k < J; ++k) {
        double const share = io[(n * J + k) * J + user];
        if (share < 0) clipped.push_back(fmt::format("{} of {}", sectors[k], label(n, user)));
        lowest = std::min(lowest, share);
        shares[k] = std::max(share, 0.0);
        sum += shares[k];
      }
      bool const no_materials = sum == 0 && accounts.value_added_share[n * J + user] == 1;
      if (no_materials) continue;
      if (std::abs(sum - 1) > share_slack) {
        folder.problem(fmt::format("the input shares sum to {:.6g}", sum),
                       fmt::format("{}: {}", folder.place("IO.txt"), label(n, user)),
                       "shares of the materials of one user sum to 1");
        continue;
      }
      for (std::size_t k = 0; k < J; ++k) shares[k] /= sum;
    }
  }
  if (clipped.empty()) return;
  accounts.adjustments.push_back(
      fmt::format("{} of {} input shares below zero set to 0, the lowest was {:.4g}: {}",
                  clipped.size(), N * J * J, lowest, some_labels(clipped)));
}

}  // namespace

Result<TradeAccounts> read_caliendo_parro(std::filesystem::path const& folder,
                                          CaliendoParroOptions const& options) {
  auto bundle = Bundle::open(folder);
  if (!bundle) return fail(bundle.error());
  FolderReader files(std::move(*bundle));
  files.check_year(options.trade_year);
  if (options.tariff_year != options.trade_year) files.check_year(options.tariff_year);
  if (!files.good()) return fail(files.error());

  TradeAccounts accounts;
  accounts.title = fmt::format("Caliendo & Parro (2015), trade of {}, tariffs of {}",
                               options.trade_year, options.tariff_year);
  accounts.source =
      "Caliendo, L. and Parro, F. (2015), Estimates of the Trade and Welfare Effects of NAFTA, "
      "Review of Economic Studies 82(1): replication files";
  accounts.licence = "not stated by the authors";
  accounts.year = options.trade_year;
  accounts.unit = {"USD", 1.0};
  accounts.regions.assign(regions.begin(), regions.end());
  accounts.sectors.assign(sectors.begin(), sectors.end());

  auto const imports = files.read({fmt::format("xbilat{}.txt", options.trade_year), traded * N, N,
                                   0, most, "trade is 0 or more"});
  accounts.tariffs = files.tariffs(options.tariff_year);
  auto const io = files.read(
      {"IO.txt", N * J, J, -share_slack, 1 + share_slack, "a share of inputs is between 0 and 1"});
  auto const value_added =
      files.read({"B.txt", J, N, 0, 1, "a share of value added is between 0 and 1"});
  auto const output = files.read({"GO.txt", J, N, 0, most, "output is 0 or more"});
  accounts.theta = files.read(
      {"T.txt", traded, 1, std::numeric_limits<double>::min(), most, "elasticities are above 0"});
  if (!files.good()) return fail(files.error());

  accounts.theta.resize(J, theta_of_services);
  accounts.value_added_share.resize(N * J);
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j)
      accounts.value_added_share[n * J + j] = value_added[j * N + n];
  }
  add_trade(imports, output, accounts);
  add_input_shares(io, files, accounts);
  if (!files.good()) return fail(files.error());
  if (options.trade_year != 1993) {
    accounts.adjustments.push_back(fmt::format(
        "output, value-added and input shares are of 1993, trade is of {}", options.trade_year));
  }
  if (auto const fits = check_accounts(accounts, folder.string()); !fits) return fail(fits.error());
  return accounts;
}

Result<DenseVector> read_caliendo_parro_tariffs(std::filesystem::path const& folder, int year) {
  auto bundle = Bundle::open(folder);
  if (!bundle) return fail(bundle.error());
  FolderReader files(std::move(*bundle));
  files.check_year(year);
  if (!files.good()) return fail(files.error());
  auto tariffs = files.tariffs(year);
  if (!files.good()) return fail(files.error());
  return tariffs;
}

}  // namespace linchpin
