// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/isolated_trade_stream.h"

#include <array>

#include "linchpin/table/store/answer_codec.h"
#include "linchpin/table/trade/check_accounts.h"

// An answer holds 'C' and the accounts, or 'E' and an error; see answer_codec.h.

namespace linchpin {
namespace {

using answer::Decoder;
using answer::Encoder;

/// The arrays in the order in which they travel.
template <class Accounts>
auto arrays_of(Accounts& accounts) {
  return std::array{&accounts.trade, &accounts.tariffs, &accounts.value_added_share,
                    &accounts.input_shares, &accounts.theta};
}

}  // namespace

bool write_trade_answer(int descriptor, Result<TradeAccounts> const& accounts) {
  if (!accounts) return answer::write_error(descriptor, accounts.error());
  Encoder out(descriptor);
  out.mark(answer::start_mark);
  out.mark("C");
  for (auto const* text :
       {&accounts->title, &accounts->source, &accounts->licence, &accounts->unit.currency}) {
    out.text(*text);
  }
  out.number(accounts->unit.scale);
  out.number(static_cast<std::int32_t>(accounts->year));
  encode(out, accounts->regions);
  encode(out, accounts->sectors);
  encode(out, accounts->adjustments);
  for (auto const* values : arrays_of(*accounts)) {
    out.count(values->size());
    out.array(*values);
  }
  out.mark(answer::end_mark);
  return out.finish();
}

Result<TradeAccounts> decode_trade(std::span<std::byte const> bytes, std::uint64_t memory_limit,
                                   std::string const& where) {
  auto const broken = [&] {
    return fail(ErrorCode::unreadable_file, "reading the file came to no proper end", where,
                "the file is damaged or made to do harm: get it again from where it came from");
  };
  if (bytes.size() > memory_limit && bytes.size() - memory_limit > (std::uint64_t{64} << 20)) {
    return fail(ErrorCode::too_large, "the calibration needs more than the memory limit", where,
                "use fewer regions or sectors");
  }
  Decoder in(bytes);
  if (!in.mark(answer::start_mark)) return broken();
  auto const kind = in.number<char>();
  if (kind == 'E') {
    Error error{ErrorCode::internal, {}, {}, {}};
    if (!answer::decode_error(in, error)) return broken();
    return fail(std::move(error));
  }
  if (kind != 'C') return broken();
  TradeAccounts accounts;
  for (auto* text :
       {&accounts.title, &accounts.source, &accounts.licence, &accounts.unit.currency}) {
    *text = in.text();
  }
  accounts.unit.scale = in.number<double>();
  accounts.year = in.number<std::int32_t>();
  accounts.regions = answer::decode_texts(in);
  accounts.sectors = answer::decode_texts(in);
  accounts.adjustments = answer::decode_texts(in);
  for (auto* values : arrays_of(accounts)) {
    values->resize(in.count(sizeof(double)));
    in.fill(std::span(*values));
  }
  if (!in.mark(answer::end_mark) || !in.at_end()) return broken();
  if (auto const fits = check_accounts(accounts, where); !fits) return fail(fits.error());
  return accounts;
}

}  // namespace linchpin
