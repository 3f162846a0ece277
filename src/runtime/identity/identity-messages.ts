/** The sentence for what is wrong with who asks, and with what is known of people. {name} stands for a parameter of the issue. */
export const IDENTITY_REASON_MESSAGES = {
  SESSION_ENDED: {
    VI: 'Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại.',
    EN: 'You are no longer signed in. Sign in again.',
  },
  CROSS_SITE: {
    VI: 'Yêu cầu này không đến từ một trang của hệ thống, nên không được thực hiện bằng phiên đăng nhập.',
    EN: 'This request does not come from a page of this service, so it is not carried out for who is signed in.',
  },
  PERSON_UNKNOWN: { VI: 'Không có người dùng nào mang mã {id}.', EN: 'No person has the id {id}.' },
  ROLE_ASSIGNMENT_UNKNOWN: {
    VI: 'Không có vai trò nào đang được giao mang mã {id}.',
    EN: 'No role that somebody has bears the id {id}.',
  },
  ROLE_GIVEN_ALREADY: { VI: 'Người này đã có vai trò {role}.', EN: 'This person has the role {role} already.' },
  SERVICE_TOKEN_UNKNOWN: {
    VI: 'Không có mã truy cập dịch vụ nào mang mã {id}.',
    EN: 'No service token has the id {id}.',
  },
} as const;
