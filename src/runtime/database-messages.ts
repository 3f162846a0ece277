/** The sentence for what a database refuses or is refused for. {name} stands for a parameter of the issue. */
export const DATABASE_REASON_MESSAGES = {
  MIGRATION_BLOCKED: {
    VI: 'Không nâng cấp được cơ sở dữ liệu: sau {seconds} giây vẫn có kết nối khác giữ bảng cần đổi; chưa có gì thay đổi. Hãy dừng các tiến trình khác của dịch vụ và các giao dịch dài (xem pg_stat_activity, pg_locks), rồi khởi động lại.',
    EN: 'The database could not be migrated: after {seconds} seconds another connection still held a table that has to change; nothing was changed. Stop other processes of the service and long transactions (see pg_stat_activity, pg_locks), then start again.',
  },
  DATABASE_NEWER: {
    VI: 'Cơ sở dữ liệu đã được một bản phát hành mới hơn nâng cấp (bản này không biết: {migrations}); chưa có gì thay đổi. Hãy chạy bản mới hơn đó, hoặc khôi phục vào nơi còn trống bản sao lưu đã làm trước khi nâng cấp.',
    EN: 'A later release has migrated the database (not known here: {migrations}); nothing was changed. Start that release, or restore the backup that was made before the upgrade into an empty database.',
  },
  DATABASE_UNAVAILABLE: {
    VI: 'Cơ sở dữ liệu đang không trả lời. Hãy thử lại sau ít phút, với cùng khóa idempotencyKey nếu là thay đổi.',
    EN: 'The database does not answer. Try again in a few minutes, a change with the same idempotencyKey.',
  },
} as const;
