// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/trade/product_concordance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/table/files/csv_lines.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/trade/label_index.h"
#include "linchpin/table/trade/trade_columns.h"

namespace linchpin {
namespace {

constexpr double share_tolerance = 1e-6;
constexpr char const* expected = "a concordance of products has the columns hs, sector[, share]";

class ConcordanceReader {
 public:
  explicit ConcordanceReader(CsvReader csv) : csv_(std::move(csv)) {}

  Result<ProductConcordance> read() {
    auto const header =
        read_header(csv_, {{"hs", {"hs", "prefix", "product"}}, {"sector", {"sector"}}}, expected);
    if (!header) return fail(header.error());
    share_ = header->width;
    for (std::size_t field = 0; field < header->width; ++field) {
      if (lowercase(csv_.fields()[field]) == "share") share_ = field;
    }
    auto const done = for_each_line(csv_, problems_, [&] { read_line(*header); });
    if (!done) return fail(done.error());
    return finish();
  }

 private:
  struct Entry {
    std::vector<ProductConcordance::Part> parts;
    std::size_t line = 0;
  };

  void read_line(HeaderColumns const& header) {
    auto const& fields = csv_.fields();
    if (fields.size() != header.width) {
      problems_.add(ErrorCode::bad_format, ragged_line(fields.size(), header.width), csv_.where(),
                    expected);
      return;
    }
    for (auto const field : header.field_of) {
      auto const fault = label_fault(fields[field]);
      if (fault.empty()) continue;
      problems_.add(ErrorCode::bad_value,
                    fmt::format("the label '{}' {}", printable(fields[field]), fault),
                    csv_.where(field), expected);
      return;
    }
    double share = 1;
    if (share_ < header.width) {
      auto const fault = parse_number(fields[share_], csv_.dialect(), share);
      if (fault != NumberFault::none) {
        auto const problem = describe(fault, fields[share_], csv_.where(share_));
        problems_.add(problem.code, problem.what, problem.where, "write a share, 1 for the whole");
        return;
      }
      if (share <= 0 || share > 1) {
        problems_.add(ErrorCode::bad_value, fmt::format("the share {} is not in (0, 1]", share),
                      csv_.where(share_), "write a share, 1 for the whole");
        return;
      }
    }
    add(fields[header.field_of[0]], sectors_.add(fields[header.field_of[1]]), share);
  }

  void add(std::string_view prefix, std::size_t sector, double share) {
    auto& entry = entries_[std::string{prefix}];
    if (entry.parts.empty()) entry.line = csv_.line_number();
    for (auto const& part : entry.parts) {
      if (part.sector != sector) continue;
      problems_.add(
          ErrorCode::duplicate_label,
          fmt::format("'{}' stands here twice with '{}'", prefix, sectors_.labels()[sector]),
          csv_.where(), "keep one of the lines");
      return;
    }
    entry.parts.push_back({sector, share});
  }

  Result<ProductConcordance> finish() {
    for (auto const& [prefix, entry] : entries_) {
      double sum = 0;
      for (auto const& part : entry.parts) sum += part.share;
      if (std::abs(sum - 1) <= share_tolerance) continue;
      problems_.add(ErrorCode::bad_value,
                    fmt::format("the shares of '{}' sum to {:.6g}", prefix, sum),
                    fmt::format("{}:{}", csv_.name(), entry.line),
                    "shares of one prefix sum to 1; without a column of shares it has one sector");
    }
    if (problems_.empty() && entries_.empty()) {
      problems_.add(ErrorCode::bad_format, "the concordance has no line", csv_.name(), expected);
    }
    if (!problems_.empty()) return fail(problems_.joined(csv_.name()));
    ProductConcordance result{csv_.name(), sectors_.labels(), {}};
    for (auto& [prefix, entry] : entries_) result.lines.push_back({prefix, std::move(entry.parts)});
    return result;
  }

  CsvReader csv_;
  ProblemList problems_;
  std::size_t share_ = 0;  // field; the width of the header if there is none
  LabelIndex sectors_;
  std::map<std::string, Entry> entries_;
};

}  // namespace

ProductConcordance::Line const* ProductConcordance::find(std::string const& product) const {
  for (auto length = product.size(); length > 0; --length) {
    auto const prefix = std::string_view{product}.substr(0, length);
    auto const line = std::lower_bound(
        lines.begin(), lines.end(), prefix,
        [](Line const& each, std::string_view text) { return each.prefix < text; });
    if (line != lines.end() && line->prefix == prefix) return &*line;
  }
  return nullptr;
}

Result<ProductConcordance> read_product_concordance(std::filesystem::path const& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return fail(csv.error());
  return ConcordanceReader(*std::move(csv)).read();
}

Result<SectorTrade> trade_by_sector(ProductTrade const& trade,
                                    ProductConcordance const& concordance) {
  SectorTrade result;
  auto& to = result.trade;
  to.countries = trade.countries;
  to.products = concordance.sectors;
  to.buyers = trade.buyers;
  to.rows = trade.rows;
  to.own_rows = trade.own_rows;
  to.odd_codes = trade.odd_codes;
  std::vector<ProductConcordance::Line const*> line_of;
  for (auto const& product : trade.products) {
    line_of.push_back(concordance.find(product));
    if (line_of.back() == nullptr) result.unmatched.push_back(product);
  }
  if (result.unmatched.size() == trade.products.size()) {
    return fail(ErrorCode::missing_value, "no product of the trade has a sector in it",
                concordance.file, "check the codes: leading zeros, edition of the HS");
  }
  std::size_t bytes = 0;  // less than the trade itself
  auto const add_up = [&](CountryProducts const& from, CountryProducts& into, std::size_t rows) {
    for (std::size_t c = 0; c < rows; ++c) {
      for (std::size_t p = 0; p < line_of.size(); ++p) {
        double const value = from.at(c, p);
        if (value <= 0 || line_of[p] == nullptr) continue;
        for (auto const& part : line_of[p]->parts) {
          into.slot(c, part.sector, bytes) += part.share * value;
        }
      }
    }
  };
  auto const countries = trade.countries.size();
  for (auto const& year : trade.years) {
    auto& sums = to.years.emplace_back();
    sums.year = year.year;
    add_up(year.exports, sums.exports, countries);
    for (auto const& buyer : year.buyers) {
      auto& all = sums.buyers.emplace_back();
      add_up(buyer.imports, all.imports, countries);
      add_up(buyer.inside, all.inside, 1);
      add_up(buyer.exports, all.exports, 1);
    }
    for (std::size_t c = 0; c < countries; ++c) {
      for (std::size_t p = 0; p < line_of.size(); ++p) {
        result.all_exports += year.exports.at(c, p);
        if (line_of[p] == nullptr) result.unmatched_exports += year.exports.at(c, p);
      }
    }
  }
  return result;
}

}  // namespace linchpin
