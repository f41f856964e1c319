// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/answer_codec.h"

#include <algorithm>
#include <utility>

namespace linchpin::answer {
namespace {

constexpr std::size_t most_further_errors = 64;

void encode(Encoder& out, Error const& error) {
  out.number(static_cast<std::uint8_t>(error.code));
  out.text(error.what);
  out.text(error.where);
  out.text(error.hint);
}

Error decode_one(Decoder& in) {
  Error error{ErrorCode::internal, {}, {}, {}};
  auto const code = in.number<std::uint8_t>();
  if (code > static_cast<std::uint8_t>(ErrorCode::internal)) in.spoil();
  error.code =
      static_cast<ErrorCode>(std::min(code, static_cast<std::uint8_t>(ErrorCode::internal)));
  error.what = in.text();
  error.where = in.text();
  error.hint = in.text();
  return error;
}

}  // namespace

void encode(Encoder& out, std::vector<std::string> const& texts) {
  out.count(texts.size());
  for (auto const& text : texts) out.text(text);
}

std::vector<std::string> decode_texts(Decoder& in) {
  std::vector<std::string> texts;
  in.labels([&] { texts.push_back(in.text()); });
  return texts;
}

bool write_error(int descriptor, Error const& error) {
  Encoder out(descriptor);
  out.mark(start_mark);
  out.mark("E");
  encode(out, error);
  auto const listed = std::min(error.further.size(), most_further_errors);
  out.count(listed);
  for (std::size_t k = 0; k < listed; ++k) encode(out, error.further[k]);
  out.mark(end_mark);
  return out.finish();
}

bool decode_error(Decoder& in, Error& error) {
  error = decode_one(in);
  auto const further = in.count(1 + 3 * sizeof(Count));
  for (std::size_t k = 0; k < further && in.good(); ++k) error.further.push_back(decode_one(in));
  return in.mark(end_mark) && in.at_end();
}

}  // namespace linchpin::answer
