/** The sentence for everything that can be wrong with a sign-in. {name} stands for a parameter of the issue. */
export const SIGN_IN_REASON_MESSAGES = {
  ISSUER_MISSING: {
    VI: 'Dịch vụ này chưa được nối với hệ thống đăng nhập tập trung nào.',
    EN: 'This service is connected to no issuer that signs people in.',
  },
  ISSUER_UNREACHABLE: {
    VI: 'Hệ thống đăng nhập tập trung đang không trả lời như phải trả lời. Hãy thử lại sau ít phút.',
    EN: 'The issuer that signs people in does not answer as it must. Try again in a few minutes.',
  },
  SIGN_IN_DECLINED: {
    VI: 'Hệ thống đăng nhập tập trung không cho đăng nhập, hoặc việc đăng nhập đã bị hủy. Hãy đăng nhập lại.',
    EN: 'The issuer did not sign you in, or the sign-in was cancelled. Sign in again.',
  },
  SIGN_IN_FAILED: {
    VI: 'Không xác nhận được người đăng nhập. Hãy đăng nhập lại; nếu vẫn không được, hãy báo cho quản trị viên.',
    EN: 'Who signs in could not be confirmed. Sign in again; if that does not help, tell the administrator.',
  },
  SIGN_IN_EXPIRED: {
    VI: 'Lần đăng nhập này không bắt đầu từ trình duyệt này, hoặc đã quá {minutes} phút. Hãy đăng nhập lại.',
    EN: 'This sign-in was not begun in this browser, or more than {minutes} minutes ago. Sign in again.',
  },
  CREDENTIALS_WRONG: {
    VI: 'Tên đăng nhập, mật khẩu hoặc mã không đúng.',
    EN: 'The user name, the password or the code is wrong.',
  },
  ATTEMPTS_TOO_MANY: {
    VI: 'Đã đăng nhập sai nhiều lần. Hãy thử lại sau {seconds} giây.',
    EN: 'There were several wrong attempts. Try again in {seconds} seconds.',
  },
  PASSWORD_LENGTH: {
    VI: 'Mật khẩu phải có từ {minimum} đến {maximum} ký tự, không phải {actual}; một câu dễ nhớ là tốt nhất.',
    EN: 'A password has {minimum} to {maximum} characters, not {actual}; a sentence is best remembered.',
  },
  PASSWORD_GUESSABLE: {
    VI: 'Mật khẩu này quá dễ đoán: nó là một mật khẩu thông dụng, chứa tên đăng nhập hoặc lặp lại một vài ký tự.',
    EN: 'This password is too easy to guess: it is a common one, holds the user name or repeats a few characters.',
  },
  PASSWORD_REPEATED_OTHERWISE: {
    VI: 'Hai lần nhập mật khẩu không giống nhau.',
    EN: 'The two passwords are not the same.',
  },
  ACCOUNT_EXISTS: { VI: 'Người này đã có tài khoản tại chỗ.', EN: 'This person has a local account already.' },
  ACCOUNT_UNKNOWN: {
    VI: 'Người {person} không có tài khoản tại chỗ.',
    EN: 'The person {person} has no local account.',
  },
  ACCOUNT_OF_ISSUER: {
    VI: 'Người này đăng nhập qua hệ thống đăng nhập tập trung, nên không có tài khoản tại chỗ.',
    EN: 'This person signs in at an issuer, and so has no local account.',
  },
  USER_NAME_TAKEN: {
    VI: 'Tên đăng nhập "{userName}" đã có người dùng.',
    EN: 'The user name "{userName}" is taken.',
  },
  ENROLMENT_ENDED: {
    VI: 'Liên kết thiết lập tài khoản này không dùng được: đã dùng rồi, đã quá {hours} giờ, hoặc đã có liên kết mới hơn. Hãy xin quản trị viên liên kết mới.',
    EN: 'This link does not set up an account: it was used, is older than {hours} hours, or there is a newer one. Ask the administrator for another.',
  },
  CODE_WRONG: {
    VI: 'Mã 6 số không đúng. Hãy nhập mã đang hiện trong ứng dụng xác thực, và kiểm tra giờ của điện thoại.',
    EN: 'The code is wrong. Type the one that the authenticator app shows now, and look whether the telephone has the right time.',
  },
  SECRET_KEY_MISSING: {
    VI: 'Dịch vụ chưa có khóa KHUNG_SECRET_KEY, nên không giữ được tài khoản tại chỗ. Hãy báo cho người vận hành.',
    EN: 'The service has no KHUNG_SECRET_KEY, so it can keep no local accounts. Tell the operator.',
  },
} as const;
