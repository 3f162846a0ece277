/** The sentence for requests that are too many, or of whoever should say who he is. {name} stands for a parameter of the issue. */
export const TRAFFIC_REASON_MESSAGES = {
  BUSY: {
    VI: 'Đang trả lời {limit} yêu cầu lớn khác, là số tối đa cùng một lúc. Hãy gửi lại sau nửa phút.',
    EN: '{limit} other large requests are being answered, which is as many as at once. Send it again in half a minute.',
  },
  ASKED_TOO_OFTEN: {
    VI: 'Đã gửi quá {limit} yêu cầu trong một phút. Hãy gửi lại sau {seconds} giây.',
    EN: 'More than {limit} requests were sent in a minute. Send it again in {seconds} seconds.',
  },
  SHUTTING_DOWN: {
    VI: 'Dịch vụ sắp dừng. Hãy gửi yêu cầu đến máy khác, hoặc gửi lại sau.',
    EN: 'The service is about to end. Send the request to another one, or again later.',
  },
  SCHEMA_NOT_SHOWN: {
    VI: 'Dịch vụ chỉ cho người đang có vai trò tra cứu lược đồ. Hãy đăng nhập với vai trò được giao, hoặc đọc lược đồ được công bố tại /schema.gql.',
    EN: 'The service explains its schema to whoever acts in a role. Sign in as somebody who has one, or read the schema that is published at /schema.gql.',
  },
} as const;
