// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cstring>
#include <utility>

#include "linchpin/table/files/bundle.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/problem_list.h"
#include "linchpin/table/trade/country_codes.h"
#include "linchpin/table/trade/product_trade.h"
#include "linchpin/table/trade/trade_accumulator.h"
#include "linchpin/table/trade/trade_columns.h"

namespace linchpin {
namespace {

constexpr std::string_view progress_name = "reading trade by product";
constexpr std::size_t lines_between_reports = 65536;
constexpr double largest_value = 1e30;  // sums of any number of lines stay finite
constexpr char const* expected =
    "trade by product has the columns year, exporter, importer, product, value (BACI: t, i, j, k, "
    "v)";

enum Column : std::size_t { year_column, exporter, importer, product, amount, column_count };

std::vector<WantedColumn> const& wanted_columns() {
  static std::vector<WantedColumn> const columns{{"year", {"year", "t"}},
                                                 {"exporter", {"exporter", "i"}},
                                                 {"importer", {"importer", "j"}},
                                                 {"product", {"product", "hs", "hs6", "k"}},
                                                 {"value", {"value", "v"}}};
  return columns;
}

/// One file of trade. Most lines are of the plain kind: labels seen before, no quotes.
/// They are read in one pass over the text; all others are split and looked at field by field.
class TradeFileReader {
 public:
  TradeFileReader(CsvReader csv, CountryCodes const* codes, ProductTradeOptions const& options,
                  TradeAccumulator& sums, RunControl const& control)
      : csv_(std::move(csv)), codes_(codes), options_(options), sums_(sums), control_(control) {}

  Result<void> read() {
    auto header = read_header(csv_, wanted_columns(), expected);
    if (!header) return fail(header.error());
    header_ = *std::move(header);
    for (std::size_t c = 0; c < column_count; ++c) last_ = std::max(last_, header_.field_of[c]);
    role_of_.assign(last_ + 1, column_count);
    for (std::size_t c = 0; c < column_count; ++c) role_of_[header_.field_of[c]] = c;
    for (std::size_t lines = 1; !problems_.full(); ++lines) {
      auto const more = csv_.next();
      if (!more) return fail(more.error());
      if (!*more) break;
      if (!read_plain_line(csv_.line())) read_line();
      if (lines % lines_between_reports == 0) {
        csv_.report_progress(control_, progress_name);
        if (control_.cancel.cancelled()) {
          return fail(ErrorCode::cancelled, "stopped while reading", csv_.name(), "run it again");
        }
      }
      if (sums_.too_large()) return fail(sums_.memory_error(csv_.name()));
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    return {};
  }

 private:
  static constexpr std::size_t unknown = LabelIndex::none;
  static constexpr std::size_t other_year = unknown - 1;

  /// False if anything about the line is not plain; nothing has been added then.
  bool read_plain_line(std::string_view line) {
    char const separator = csv_.dialect().separator;
    auto const* at = line.data();
    auto const* const end = at + line.size();
    std::array<std::uint64_t, column_count> keys{};
    std::string_view value;
    for (std::size_t field = 0; field <= last_; ++field) {
      while (at != end && *at == ' ') ++at;  // BACI pads its numbers
      auto const* const start = at;
      std::uint64_t key = 0;
      for (; at != end && *at != separator; ++at) {
        if (static_cast<unsigned char>(*at) <= ' ' || *at == '"') return false;
        key = key << 8U | static_cast<unsigned char>(*at);
      }
      if (at == end && field + 1 < header_.width) return false;
      auto const length = static_cast<std::size_t>(at - start);
      auto const role = role_of_[field];
      if (role == amount) {
        value = {start, length};
      } else if (role != column_count) {
        if (length == 0 || length > LabelIndex::longest_packed) return false;
        keys[role] = key;
      }
      if (field < last_) ++at;
    }
    if (!rest_is_plain(at, end, separator)) return false;
    auto const t = year_texts_.find(keys[year_column]);
    auto const i = country_texts_.find(keys[exporter]);
    auto const j = country_texts_.find(keys[importer]);
    auto const k = product_texts_.find(keys[product]);
    double amount_of_line = 0;
    if (t == unknown || i == unknown || j == unknown || k == unknown ||
        parse_number(value, amount_of_line) != NumberFault::none || !fits(amount_of_line)) {
      return false;
    }
    if (year_of_[t] == other_year) return true;
    sums_.add(year_of_[t], country_of_[i], country_of_[j], product_of_[k], amount_of_line);
    return true;
  }

  /// True if as many fields follow as the header has, without quotes.
  bool rest_is_plain(char const* at, char const* end, char separator) const {
    auto fields = last_ + 1;
    for (; at != end; ++at) {
      if (*at == '"') return false;
      fields += *at == separator ? 1U : 0U;
    }
    return fields == header_.width;
  }

  static bool fits(double value) { return value >= 0 && value <= largest_value; }

  void read_line() {
    if (auto const done = csv_.split(); !done) {
      auto const& problem = done.error();
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
      return;
    }
    auto const& fields = csv_.fields();
    if (fields.size() != header_.width) {
      problems_.add(ErrorCode::bad_format, ragged_line(fields.size(), header_.width), csv_.where(),
                    "check the download");
      return;
    }
    auto const t = year_of(fields[header_.field_of[year_column]]);
    auto const i = country_of(exporter);
    auto const j = country_of(importer);
    auto const k = product_of(fields[header_.field_of[product]]);
    auto const value = value_of(fields[header_.field_of[amount]]);
    if (t == unknown || i == unknown || j == unknown || k == unknown || !value) return;
    if (t != other_year) sums_.add(t, i, j, k, *value);
  }

  std::size_t year_of(std::string_view text) {
    if (auto const known = year_texts_.find(text); known != unknown) return year_of_[known];
    int year = 0;
    bool good = text.size() == 4 && text.front() != '0';
    for (char const c : text.substr(0, 4)) {
      good = good && c >= '0' && c <= '9';
      year = 10 * year + (c - '0');
    }
    if (!good) {
      problems_.add(text.empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                    fmt::format("'{}' is not a year", printable(text)),
                    csv_.where(header_.field_of[year_column]), "write it with four digits");
      return unknown;
    }
    year_texts_.add(text);
    bool const wanted = !options_.year || *options_.year == year;
    year_of_.push_back(wanted ? sums_.year(year) : other_year);
    return year_of_.back();
  }

  std::size_t country_of(Column column) {
    auto const field = header_.field_of[column];
    auto const text = csv_.fields()[field];
    if (auto const known = country_texts_.find(text); known != unknown) return country_of_[known];
    if (!nameable(text, field, "name exporter and importer")) return unknown;
    auto const* label = codes_ == nullptr ? nullptr : codes_->find(text);
    if (codes_ != nullptr && label == nullptr) {
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the code '{}' is not in {}", text, codes_->name()),
                    csv_.where(field), "add it to the list of codes");
      return unknown;
    }
    country_texts_.add(text);
    country_of_.push_back(sums_.country(label == nullptr ? text : std::string_view{*label}));
    return country_of_.back();
  }

  std::size_t product_of(std::string_view text) {
    if (auto const known = product_texts_.find(text); known != unknown) return product_of_[known];
    if (!nameable(text, header_.field_of[product], "name the product")) return unknown;
    product_texts_.add(text);
    product_of_.push_back(sums_.product(text));
    return product_of_.back();
  }

  bool nameable(std::string_view text, std::size_t field, char const* hint) {
    auto const fault = label_fault(text);
    if (fault.empty()) return true;
    problems_.add(text.empty() ? ErrorCode::missing_value : ErrorCode::bad_value,
                  fmt::format("the label '{}' {}", printable(text), fault), csv_.where(field),
                  hint);
    return false;
  }

  std::optional<double> value_of(std::string_view text) {
    auto const field = header_.field_of[amount];
    double value = 0;
    if (auto const fault = parse_number(text, csv_.dialect(), value); fault != NumberFault::none) {
      auto const problem = describe(fault, text, csv_.where(field));
      problems_.add(problem.code, problem.what, problem.where, problem.hint);
      return std::nullopt;
    }
    if (fits(value)) return value;
    problems_.add(
        ErrorCode::bad_value,
        fmt::format("the value {} is {}", value, value < 0 ? "negative" : "larger than any trade"),
        csv_.where(field), "trade is a plain amount, not a balance");
    return std::nullopt;
  }

  CsvReader csv_;
  CountryCodes const* codes_;
  ProductTradeOptions const& options_;
  TradeAccumulator& sums_;
  RunControl const& control_;
  ProblemList problems_;
  HeaderColumns header_;
  std::size_t last_ = 0;              // field behind which no column of ours comes
  std::vector<std::size_t> role_of_;  // by field; column_count: not read
  LabelIndex year_texts_, country_texts_, product_texts_;  // as this file writes them
  std::vector<std::size_t> year_of_, country_of_, product_of_;
};

Result<void> read_bundle(std::filesystem::path const& path, ProductTradeOptions const& options,
                         TradeAccumulator& sums, RunControl const& control, ErrorList& errors) {
  auto const bundle = Bundle::open(path);
  if (!bundle) return fail(bundle.error());
  auto const codes = CountryCodes::beside(*bundle, options.codes);
  if (!codes) return fail(codes.error());
  bool any = false;
  for (auto const& member : bundle->members()) {
    bool const named = bundle->single_file();  // its faults are told, whatever it is
    if (!named && !has_columns(bundle->first_line(member), wanted_columns())) continue;
    any = true;
    auto csv = bundle->open_csv(member);
    if (!csv) return fail(csv.error());
    TradeFileReader reader(*std::move(csv), *codes ? &**codes : nullptr, options, sums, control);
    auto const done = reader.read();
    if (done) continue;
    auto const code = done.error().code;
    if (code == ErrorCode::cancelled || code == ErrorCode::too_large) return done;
    errors.add(done.error());
  }
  if (any) return {};
  return fail(ErrorCode::bad_format, "no file in it has trade by product", path.string(), expected);
}

}  // namespace

Result<ProductTrade> read_product_trade(std::vector<std::filesystem::path> const& paths,
                                        ProductTradeOptions const& options,
                                        RunControl const& control) {
  if (auto const fine = check_buyers(options.buyers); !fine) return fail(fine.error());
  TradeAccumulator sums(options);
  ErrorList errors;
  for (auto const& path : paths) {
    auto const done = read_bundle(path, options, sums, control, errors);
    if (done) continue;
    errors.add(done.error());
    auto const code = done.error().code;
    if (code == ErrorCode::cancelled) return fail(done.error());
    if (code == ErrorCode::too_large) break;  // the next file would only say it again
  }
  if (!errors.empty()) return fail(errors.joined());
  return sums.finish(paths.size() == 1 ? paths.front().string() : "trade files");
}

}  // namespace linchpin
