// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/fetch/http_download_exchange.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/core/version.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr long connect_seconds = 30;
constexpr long least_speed = 16;  // bytes per second
constexpr long complete = 200, partial = 206;

struct CurlLibrary {
  CurlLibrary() { ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }
  bool ready = false;
};

bool library_ready() {
  static CurlLibrary const library;
  return library.ready;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_loopback(std::string_view host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

class Exchange {
 public:
  Exchange(HttpRequest const& request, PartFile& part, RunControl const& control)
      : request_(request), part_(part), control_(control), curl_(curl_easy_init(), cleanup) {}

  Result<HttpAnswer> run();

 private:
  static void cleanup(CURL* handle) { curl_easy_cleanup(handle); }
  template <class Value>
  void set(CURLoption option, Value value) {
    if (status_ == CURLE_OK) status_ = curl_easy_setopt(curl_.get(), option, value);
  }
  void set_rules();
  void ask_for_the_rest();
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  void header(std::string_view line);
  bool body(std::string_view bytes);
  bool begin_body();
  bool all_came();
  [[nodiscard]] long status() const {
    long code = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

  HttpRequest const& request_;
  PartFile& part_;
  RunControl const& control_;
  std::unique_ptr<CURL, void (*)(CURL*)> curl_;
  CURLcode status_ = CURLE_OK;
  std::array<char, CURL_ERROR_SIZE> message_{};
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_{nullptr, curl_slist_free_all};
  HttpAnswer answer_;
  bool body_begun_ = false;
  std::uint64_t whole_size_ = 0;  // of the file, where the server sent the rest of it
  std::string mark_, date_, range_;
};

/// "bytes 100-199/200" continues 100 bytes of a file of 200; nothing if it does not continue
/// `have` bytes or does not say how long the file is ("*").
std::optional<std::uint64_t> whole_size(std::string_view range, std::uint64_t have) {
  auto const start = fmt::format("bytes {}-", have);
  auto const slash = range.rfind('/');
  if (!range.starts_with(start) || slash == std::string_view::npos) return std::nullopt;
  auto const digits = range.substr(slash + 1);
  std::uint64_t size = 0;
  auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  bool const whole = parsed.ec == std::errc{} && parsed.ptr == digits.data() + digits.size();
  return whole ? std::optional{size} : std::nullopt;
}

void Exchange::header(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    // A new answer (after "100 Continue", say): forget the headers of the one before.
    mark_.clear();
    date_.clear();
    range_.clear();
    return;
  }
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return;
  auto const name = lowercase(line.substr(0, colon));
  auto const value = trimmed(line.substr(colon + 1));
  // A weak ETag does not promise the same bytes.
  if (name == "etag" && !value.starts_with("W/")) mark_ = value;
  if (name == "last-modified") date_ = value;
  if (name == "content-range") range_ = value;
}

/// Before the first byte of the file: does it continue what we hold?
bool Exchange::begin_body() {
  body_begun_ = true;
  if (status() == partial) {
    if (auto const size = whole_size(range_, part_.size())) {
      whole_size_ = *size;
      return true;
    }
    answer_.problem = "the server sent another part of the file than asked for";
    if (auto const empty = part_.restart(); !empty) answer_.write_error = empty.error();
    return false;
  }
  auto const begun = part_.restart(mark_.empty() ? date_ : mark_);
  if (!begun) answer_.write_error = begun.error();
  return begun.has_value();
}

/// After an exchange without a fault: a server may send less than the rest and call it well.
bool Exchange::all_came() {
  if (answer_.status != complete && answer_.status != partial) return true;
  if (!body_begun_ && !begin_body()) return false;  // an empty file has no first byte
  if (answer_.status == complete || part_.size() == whole_size_) return true;
  answer_.problem = "the server sent another part of the file than asked for";
  return false;
}

bool Exchange::body(std::string_view bytes) {
  if (status() != complete && status() != partial) return true;  // an error page, not the file
  if (!body_begun_ && !begin_body()) return false;
  if (bytes.size() > request_.largest_bytes ||
      part_.size() > request_.largest_bytes - bytes.size()) {
    answer_.too_large = true;
    return false;
  }
  auto const written = part_.append(bytes);
  if (!written) answer_.write_error = written.error();
  answer_.received += bytes.size();
  return written.has_value();
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  static_cast<Exchange*>(self)->header(trimmed({data, size * count}));
  return size * count;
}

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Exchange*>(self)->body({data, size * count}) ? size * count : 0;
}

int Exchange::on_progress(void* self, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
  auto& exchange = *static_cast<Exchange*>(self);
  exchange.answer_.cancelled = exchange.control_.cancel.cancelled();
  if (now > 0 && exchange.body_begun_) {
    auto const before = exchange.part_.size() - exchange.answer_.received;
    exchange.control_.report(
        "downloading", exchange.part_.size(),
        std::max(exchange.part_.size(),
                 before + static_cast<std::uint64_t>(std::max<curl_off_t>(total, 0))));
  }
  return exchange.answer_.cancelled ? 1 : 0;
}

void Exchange::set_rules() {
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "https,http");  // which http: check_url
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, fmt::format("linchpin/{}", version).c_str());
  set(CURLOPT_ERRORBUFFER, message_.data());
  set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
  set(CURLOPT_LOW_SPEED_LIMIT, least_speed);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(request_.stall_seconds));
  set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_XFERINFOFUNCTION, &Exchange::on_progress);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.largest_bytes));
  // A proxy set for the outer world must not be asked about this machine.
  if (request_.url.starts_with("http://")) set(CURLOPT_NOPROXY, "*");
}

void Exchange::ask_for_the_rest() {
  if (part_.size() == 0) return;
  set(CURLOPT_RANGE, fmt::format("{}-", part_.size()).c_str());
  headers_.reset(curl_slist_append(nullptr, fmt::format("If-Range: {}", part_.mark()).c_str()));
  set(CURLOPT_HTTPHEADER, headers_.get());
}

Result<HttpAnswer> Exchange::run() {
  if (curl_ != nullptr) {
    set_rules();
    ask_for_the_rest();
  }
  if (curl_ == nullptr || status_ != CURLE_OK) {
    return fail(ErrorCode::internal, "the HTTP library could not be set up", request_.url,
                "free some memory; otherwise report this as a bug");
  }
  auto const code = curl_easy_perform(curl_.get());
  answer_.status = status();
  if (code == CURLE_FILESIZE_EXCEEDED) answer_.too_large = true;
  if (code != CURLE_OK && answer_.problem.empty()) {
    answer_.problem = message_[0] != '\0' ? message_.data() : curl_easy_strerror(code);
    answer_.problem = printable(answer_.problem);
  }
  if (code == CURLE_OK && !all_came()) return answer_;
  char const* location = nullptr;
  curl_easy_getinfo(curl_.get(), CURLINFO_REDIRECT_URL, &location);
  if (location != nullptr) answer_.location = location;
  return answer_;
}

}  // namespace

Result<void> check_url(std::string const& url, bool loopback_http) {
  std::unique_ptr<CURLU, void (*)(CURLU*)> const parsed(curl_url(), curl_url_cleanup);
  auto const part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string result;
    if (curl_url_get(parsed.get(), which, &text, 0) == CURLUE_OK) result = text;
    curl_free(text);
    return result;
  };
  auto const refuse = [&](char const* what) {
    return fail(ErrorCode::bad_value, what, printable(url),
                "sources must be reached over https:// and without a password");
  };
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return refuse("this is not an address");
  }
  if (!part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty()) {
    return refuse("the address holds a user name or a password");
  }
  auto const scheme = part(CURLUPART_SCHEME);
  if (scheme == "https") return {};
  if (scheme == "http" && loopback_http && is_loopback(part(CURLUPART_HOST))) return {};
  return refuse("the address is not https");
}

Result<HttpAnswer> exchange(HttpRequest const& request, PartFile& part, RunControl const& control) {
  if (!library_ready()) {
    return fail(ErrorCode::internal, "the HTTP library could not be started", request.url,
                "free some memory; otherwise report this as a bug");
  }
  return Exchange(request, part, control).run();
}

}  // namespace linchpin
